-- One row is one login of one user on one device (RegistrationId). The two unique keys hold promise 6: an
-- installation has one user, and a token belongs to one user. Tokens are longer than an index key may be, hence
-- the SHA-256.
CREATE TABLE device (
  id             BIGINT        NOT NULL AUTO_INCREMENT,
  application_id VARCHAR(128)  NOT NULL,
  user_id        VARCHAR(128)  NOT NULL,
  device_id      VARCHAR(128)  NOT NULL,
  provider       VARCHAR(16)   NOT NULL,
  token          VARCHAR(2048) NOT NULL,
  token_hash     BINARY(32)    NOT NULL,
  environment    VARCHAR(16)   NOT NULL,
  locale         VARCHAR(64),
  app_version    VARCHAR(64),
  registered_at  DATETIME(3)   NOT NULL,
  last_seen_at   DATETIME(3)   NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY device_by_installation (application_id, device_id),
  UNIQUE KEY device_by_token (application_id, provider, token_hash),
  KEY device_by_user (user_id, application_id, id),
  KEY device_by_application (application_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
