-- A pair of a targeted push that nobody was shown, and why. The others are notifications.
CREATE TABLE pair_failure (
  notification_id BINARY(16) NOT NULL,
  campaign_id BINARY(16) NOT NULL,
  user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  application_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  article_id VARCHAR(256) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- no_article, given_up, expired or cancelled.
  ending VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  reason VARCHAR(512),
  PRIMARY KEY (notification_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE INDEX pair_failure_campaign ON pair_failure (campaign_id, notification_id);

-- When all pairs posted to a targeted push had been taken, and when its pairs were counted last.
ALTER TABLE campaign_books ADD COLUMN pairs_taken_at DATETIME(3);

ALTER TABLE campaign_books ADD COLUMN pairs_changed_at DATETIME(3);

-- A stream that was posted under an idempotency key. One without an answer is under way, or died: it may be repeated,
-- under the same campaign, once its lease is over.
CREATE TABLE targeted_request (
  caller VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  request_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- Of everything but the body, which is known at its end.
  request_hash BINARY(32) NOT NULL,
  campaign_id BINARY(16) NOT NULL,
  body_hash BINARY(32),
  answer MEDIUMTEXT,
  lease_until DATETIME(3) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (caller, request_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE INDEX targeted_request_age ON targeted_request (created_at);
