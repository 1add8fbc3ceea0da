-- One row for each job that was given up, until an operator replays or discards it.
CREATE TABLE dead_letter (
  dead_letter_id BIGINT NOT NULL AUTO_INCREMENT,
  notification_id BINARY(16) NOT NULL,
  registration_id BIGINT NOT NULL,
  application_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  provider VARCHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- The last answer in a word: there are few of them.
  reason VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  given_up_at DATETIME(3) NOT NULL,
  -- The dead letter as it came, as JSON, with the job to publish anew.
  letter MEDIUMTEXT NOT NULL,
  PRIMARY KEY (dead_letter_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- A dead letter that comes twice counts once. Also what retention goes by.
CREATE UNIQUE INDEX dead_letter_job ON dead_letter (notification_id, registration_id);

-- A group, in the order of arrival; the groups are read from it without their rows.
CREATE INDEX dead_letter_group ON dead_letter (application_id, provider, reason, dead_letter_id);
