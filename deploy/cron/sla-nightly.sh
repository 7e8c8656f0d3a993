#!/bin/sh
# A nightly build for cron: one at a time, with a log, and an exit code that says what happened.
#   15 2 * * *  /srv/warehouse/sla-nightly.sh /srv/warehouse
# 0: published. 1: a node or a test failed, readers keep what they had. 2: it could not start. 75: another one still runs.
set -u
project=${1:?the folder of project.yml}
cd "$project" || exit 2
mkdir -p target logs
if [ "${SLA_NIGHTLY_LOCKED:-}" != yes ]; then
  SLA_NIGHTLY_LOCKED=yes exec flock --nonblock --conflict-exit-code 75 target/nightly.lock "$0" "$project"
fi
sla build --lock-timeout 600 --junit target/junit.xml --log-path logs >"logs/nightly-$(date -u +%Y-%m-%d).log" 2>&1
code=$?
if [ "$code" -eq 1 ]; then
  # What was lost to a passing fault of the server is made up for; what is wrong stays wrong.
  sla retry --log-path logs >>"logs/nightly-$(date -u +%Y-%m-%d).log" 2>&1
  code=$?
fi
# cron sends by mail what is printed: nothing after a good night.
[ "$code" -eq 0 ] || tail -n 40 "logs/nightly-$(date -u +%Y-%m-%d).log"
find logs -name 'nightly-*.log' -mtime +30 -delete
exit "$code"
