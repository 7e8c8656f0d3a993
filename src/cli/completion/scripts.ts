/** The script of each shell, to be sourced in it. */
export const COMPLETION_SCRIPTS = {
  bash: String.raw`# Completion of sla for bash: eval "$(sla completion bash)"
_sla() {
  local line=\${COMP_LINE:0:COMP_POINT} cur word lead="" IFS=$' \t\n'
  local -a words replies=()
  read -r -a words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  cur=\${words[\${#words[@]}-1]}
  cur=\${cur#[\"\']}
  words[\${#words[@]}-1]=$cur
  # Readline replaces what stands behind the last of these only.
  if [[ $cur == *[:=@]* ]]; then lead=\${cur%"\${cur##*[:=@]}"}; fi
  COMPREPLY=()
  while IFS= read -r word; do
    case $word in
      :files) COMPREPLY+=($(compgen -f -- "\${cur#"$lead"}")); type compopt &> /dev/null && compopt -o filenames 2> /dev/null ;;
      :folders) COMPREPLY+=($(compgen -d -- "\${cur#"$lead"}")); type compopt &> /dev/null && compopt -o filenames 2> /dev/null ;;
      *) COMPREPLY+=("\${word#"$lead"}") ;;
    esac
  done < <("\${COMP_WORDS[0]}" __complete bash -- "\${words[@]:1}" 2> /dev/null)
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[:] ]]; then
    type compopt &> /dev/null && compopt -o nospace 2> /dev/null
  fi
  return 0
}
complete -F _sla sla
`.replaceAll("\\$", "$"),
  zsh: String.raw`#compdef sla
# Completion of sla for zsh: eval "$(sla completion zsh)" after compinit, or this file as _sla in a folder of fpath
_sla() {
  local line value
  local -a given values open told opentold
  given=("\${(@Q)words[2,CURRENT]}")
  while IFS= read -r line; do
    value=\${line%%$'\t'*}
    case $value in
      :files) _files ;;
      :folders) _files -/ ;;
      *:) open+=("$value"); opentold+=("\${line/$'\t'/  -- }") ;;
      *) values+=("$value"); told+=("\${line/$'\t'/  -- }") ;;
    esac
  done < <("\${words[1]}" __complete zsh -- "\${given[@]}" 2> /dev/null)
  (( \${#values} )) && compadd -l -d told -a values
  (( \${#open} )) && compadd -S "" -l -d opentold -a open
  return 0
}
if [[ \${funcstack[1]} == _sla ]]; then _sla "$@"; else compdef _sla sla; fi
`.replaceAll("\\$", "$"),
  fish: `# Completion of sla for fish: sla completion fish | source
function __sla_complete
    set -l given (commandline -opc)
    set -l cur (commandline -ct)
    for line in ($given[1] __complete fish -- $given[2..-1] "$cur" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$cur"
            case :folders
                __fish_complete_directories "$cur"
            case '*'
                echo $line
        end
    end
end
complete -c sla -f -a '(__sla_complete)'
`,
} as const;
