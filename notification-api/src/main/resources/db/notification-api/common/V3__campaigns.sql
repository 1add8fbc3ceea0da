-- A broadcast, or a targeted push.
CREATE TABLE campaign (
  campaign_id BINARY(16) NOT NULL,
  -- broadcast or targeted.
  kind VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- scheduled, running, paused, cancelled or ended.
  status VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  priority VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  collapse_key VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  -- What a broadcast shows, as JSON; a targeted push shows articles.
  content MEDIUMTEXT,
  -- Which devices a broadcast is for, as JSON.
  filter MEDIUMTEXT,
  ttl_seconds INT NOT NULL,
  -- The most pushes a second, if there is a limit.
  rate_per_second INT,
  -- Over how long it comes up to its rate; decided at the start where its sender did not say.
  ramp_up_seconds INT,
  accepted_at DATETIME(3) NOT NULL,
  starts_at DATETIME(3) NOT NULL,
  started_at DATETIME(3),
  -- When it last began to come up to its rate: at its start, and whenever it is resumed.
  ramped_from DATETIME(3),
  ended_at DATETIME(3),
  PRIMARY KEY (campaign_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- The few that are not over are looked at every second.
CREATE INDEX campaign_status ON campaign (kind, status, starts_at);

-- Which applications a campaign is in; read newest first for an application's inbox.
CREATE TABLE campaign_application (
  application_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  campaign_id BINARY(16) NOT NULL,
  PRIMARY KEY (application_id, campaign_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE INDEX campaign_application_campaign ON campaign_application (campaign_id);

-- A chain of a broadcast: a range of registrations of one application and provider, and how far it is.
CREATE TABLE campaign_chain (
  campaign_id BINARY(16) NOT NULL,
  chain INT NOT NULL,
  application_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  provider VARCHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  range_end BIGINT NOT NULL,
  -- The last registration that was expanded; the beginning of the range at first.
  expanded_to BIGINT NOT NULL,
  finished BOOLEAN NOT NULL,
  -- How often its link was given to the broker since it was last claimed, and when; 0 if never. It is given again,
  -- each time after twice as long, if nobody claims it.
  publications INT NOT NULL,
  published_at DATETIME(3) NOT NULL,
  -- When the next page is due by the campaign's rate.
  due_at DATETIME(3) NOT NULL,
  -- Until when the page after expanded_to belongs to the worker that claimed it.
  claimed_until DATETIME(3) NOT NULL,
  PRIMARY KEY (campaign_id, chain)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- The counters of a campaign. Whoever changes them locks the row first, and so counts what arrives twice once.
CREATE TABLE campaign_books (
  campaign_id BINARY(16) NOT NULL,
  -- How many devices a broadcast is for, as estimated at its start.
  devices_estimated BIGINT NOT NULL,
  queued BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  token_invalid BIGINT NOT NULL,
  rejected BIGINT NOT NULL,
  expired BIGINT NOT NULL,
  dead_lettered BIGINT NOT NULL,
  -- How many pairs of a targeted push were taken over HTTP, and what became of those that came to a worker.
  pairs_taken BIGINT NOT NULL,
  pairs_queued BIGINT NOT NULL,
  pairs_no_devices BIGINT NOT NULL,
  pairs_no_article BIGINT NOT NULL,
  pairs_given_up BIGINT NOT NULL,
  pairs_expired BIGINT NOT NULL,
  pairs_cancelled BIGINT NOT NULL,
  -- For the rate that is shown: how many jobs had ended a moment ago.
  sampled_at DATETIME(3) NOT NULL,
  sampled_ended BIGINT NOT NULL,
  per_second DOUBLE NOT NULL,
  PRIMARY KEY (campaign_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- One bit for each registration from chunk * 8192 on: whether a broadcast has queued a job for it, and whether its
-- provider has accepted that. A million devices take 250 KB, and a report that arrives twice counts once.
CREATE TABLE campaign_chunk (
  campaign_id BINARY(16) NOT NULL,
  chunk BIGINT NOT NULL,
  queued VARBINARY(1024) NOT NULL,
  accepted VARBINARY(1024) NOT NULL,
  PRIMARY KEY (campaign_id, chunk)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- Of a targeted push: its campaign and article, and how the pair ended.
ALTER TABLE notification ADD COLUMN campaign_id BINARY(16);

ALTER TABLE notification ADD COLUMN article_id VARCHAR(256) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX notification_campaign ON notification (campaign_id, notification_id);
