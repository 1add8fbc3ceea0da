-- Written before the jobs are published; the key is a UUIDv7, so the table grows at its end and is
-- forgotten from its beginning.
CREATE TABLE notification (
  notification_id BINARY(16) NOT NULL,
  user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- '*' for a notification to the user in every application.
  application_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- queued, no_devices or withdrawn.
  status VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  priority VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  collapse_key VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  accepted_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  -- Title, message, payload and what else is shown, as JSON.
  content MEDIUMTEXT NOT NULL,
  -- The devices a job was published for, one line each: registration, provider, application, device.
  targets MEDIUMTEXT NOT NULL,
  PRIMARY KEY (notification_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- One application's inbox of a user. Those of all applications are read one application after the
-- other, which saves a second index that grows in random places.
CREATE INDEX notification_user ON notification (user_id, application_id, notification_id);

CREATE INDEX notification_application ON notification (application_id, notification_id);

-- One row for each job that ended; a job without one is still pending.
CREATE TABLE delivery (
  notification_id BINARY(16) NOT NULL,
  registration_id BIGINT NOT NULL,
  device_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  application_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  provider VARCHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  outcome VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  reason VARCHAR(512),
  provider_message_id VARCHAR(255),
  attempts INT NOT NULL,
  ended_at DATETIME(3) NOT NULL,
  PRIMARY KEY (notification_id, registration_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- What was asked for under an idempotency key. A row without devices is an attempt under way, or one
-- that died: it may be repeated, under the same notification, once its lease is over.
CREATE TABLE idempotency_key (
  caller VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  request_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  request_hash BINARY(32) NOT NULL,
  notification_id BINARY(16) NOT NULL,
  devices INT,
  lease_until DATETIME(3) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (caller, request_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
