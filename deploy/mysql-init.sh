#!/bin/bash
# Runs once, when the database is empty: one schema and one account for each service that owns tables, with rights on
# that schema alone.
set -euo pipefail

account() { # schema, file with the password
  mysql -uroot -p"$MYSQL_ROOT_PASSWORD" <<SQL
CREATE DATABASE $1 CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER '$1'@'%' IDENTIFIED BY '$(cat "$2")';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON $1.* TO '$1'@'%';
SQL
}

account token_store /run/secrets/mysql-token-store
account notification_api /run/secrets/mysql-notification-api
