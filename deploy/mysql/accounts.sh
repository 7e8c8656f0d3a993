#!/bin/sh
# Run once by the image of MySQL: the account that builds, and one that reads what is published.
set -eu
quoted() { printf '%s' "$1" | sed "s/\\\\/\\\\\\\\/g; s/'/''/g"; }
MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mysql -u root <<SQL
CREATE USER IF NOT EXISTS 'sla'@'%' IDENTIFIED BY '$(quoted "$SLA_MYSQL_PASSWORD")';
GRANT CREATE, DROP, ALTER, INDEX, SELECT, INSERT, UPDATE, DELETE, CREATE VIEW, SHOW VIEW,
  CREATE ROUTINE, ALTER ROUTINE, EXECUTE ON \`sla%\`.* TO 'sla'@'%';
CREATE USER IF NOT EXISTS 'reader'@'%' IDENTIFIED BY '$(quoted "$SLA_READER_PASSWORD")';
GRANT SELECT, SHOW VIEW ON \`sla%\`.* TO 'reader'@'%';
SQL
