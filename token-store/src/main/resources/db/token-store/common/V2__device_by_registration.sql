-- Broadcasts go through the registrations of one provider, range by range. The new index comes first: a token store of
-- the version before goes on meanwhile.
CREATE INDEX device_by_registration ON device (application_id, provider, id);
ALTER TABLE device DROP INDEX device_by_application;
