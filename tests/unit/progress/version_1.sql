BEGIN TRANSACTION;
CREATE TABLE attempt (
	attempt_id VARCHAR(36) NOT NULL, 
	learner_id VARCHAR(36) NOT NULL, 
	lesson_id VARCHAR(200) NOT NULL, 
	item_id VARCHAR(200) NOT NULL, 
	item_version INTEGER NOT NULL, 
	lang VARCHAR(200) NOT NULL, 
	option_order JSON, 
	response JSON NOT NULL, 
	score FLOAT NOT NULL, 
	max_score FLOAT NOT NULL, 
	correct BOOLEAN, 
	certainty SMALLINT, 
	hints_used SMALLINT NOT NULL, 
	latency_ms INTEGER NOT NULL, 
	scene_state JSON, 
	answered_at DATETIME NOT NULL, 
	received_at DATETIME NOT NULL, 
	PRIMARY KEY (attempt_id), 
	FOREIGN KEY(learner_id) REFERENCES learner (learner_id)
);
INSERT INTO "attempt" VALUES('00000000-0000-4000-8000-000000000000','3ada53a2-fbd3-4ffa-b8c8-0219fb00acb6','bone-remodeling','bm.remodeling.coupling.01',1,'en',NULL,'"b"',1.0,1.0,1,NULL,0,0,NULL,'2026-01-01 12:00:00.000000','2026-11-22 06:12:40.461066');
INSERT INTO "attempt" VALUES('00000000-0000-4000-8000-000000000001','3ada53a2-fbd3-4ffa-b8c8-0219fb00acb6','bone-remodeling','bm.remodeling.coupling.01',1,'en','["b", "a"]','{"x": 1.5}',1.0,1.0,1,2,0,0,'{"load": 1.2}','2026-01-01 12:01:00.000000','2026-11-22 06:12:40.463635');
CREATE TABLE erase_permit (
	learner_id VARCHAR(36) NOT NULL, 
	PRIMARY KEY (learner_id), 
	FOREIGN KEY(learner_id) REFERENCES learner (learner_id)
);
CREATE TABLE event (
	event_id VARCHAR(36) NOT NULL, 
	learner_id VARCHAR(36) NOT NULL, 
	lesson_id VARCHAR(200) NOT NULL, 
	scene_id VARCHAR(200) NOT NULL, 
	task_id VARCHAR(200) NOT NULL, 
	kind VARCHAR(200) NOT NULL, 
	prediction JSON, 
	outcome JSON, 
	correct BOOLEAN, 
	scene_state JSON, 
	happened_at DATETIME NOT NULL, 
	received_at DATETIME NOT NULL, 
	PRIMARY KEY (event_id), 
	FOREIGN KEY(learner_id) REFERENCES learner (learner_id)
);
INSERT INTO "event" VALUES('00000000-0000-4000-8000-00000000000e','3ada53a2-fbd3-4ffa-b8c8-0219fb00acb6','bone-remodeling','remodeling-cycle','predict-dip','prediction',2,1,0,NULL,'2026-01-01 13:00:00.000000','2026-11-22 06:12:40.465654');
CREATE TABLE identity (
	issuer VARCHAR(40) NOT NULL, 
	subject_hmac VARCHAR(64) NOT NULL, 
	learner_id VARCHAR(36) NOT NULL, 
	PRIMARY KEY (issuer, subject_hmac), 
	FOREIGN KEY(learner_id) REFERENCES learner (learner_id)
);
INSERT INTO "identity" VALUES('browser','96a9fce0566d43c2aaaf1d82dfa0288640b011bc7fe9649eea9f5a838e049b0d','3ada53a2-fbd3-4ffa-b8c8-0219fb00acb6');
CREATE TABLE learner (
	learner_id VARCHAR(36) NOT NULL, 
	mode VARCHAR(10) NOT NULL, 
	created_at DATETIME NOT NULL, 
	erased_at DATETIME, 
	PRIMARY KEY (learner_id)
);
INSERT INTO "learner" VALUES('3ada53a2-fbd3-4ffa-b8c8-0219fb00acb6','local','2026-11-22 06:12:40.457789',NULL);
INSERT INTO "learner" VALUES('de4d6f04-e4e5-4063-94dc-7e8e6ed407da','local','2026-11-22 06:12:40.460091','2026-11-22 06:12:40.469133');
CREATE TABLE meta (
	name VARCHAR(40) NOT NULL, 
	value VARCHAR(200) NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('schema_version','1');
INSERT INTO "meta" VALUES('last_opened','1795327960');
CREATE INDEX ix_identity_learner_id ON identity (learner_id);
CREATE INDEX attempt_by_learner ON attempt (learner_id, item_id, answered_at);
CREATE INDEX attempt_by_item ON attempt (item_id, item_version);
CREATE TRIGGER attempt_no_update BEFORE UPDATE ON attempt  BEGIN SELECT RAISE(ABORT, 'attempt is append-only'); END;
CREATE TRIGGER attempt_no_delete BEFORE DELETE ON attempt WHEN NOT EXISTS (SELECT 1 FROM erase_permit WHERE learner_id = OLD.learner_id) BEGIN SELECT RAISE(ABORT, 'attempt is append-only'); END;
CREATE INDEX event_by_learner ON event (learner_id, scene_id, happened_at);
CREATE TRIGGER event_no_update BEFORE UPDATE ON event  BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event WHEN NOT EXISTS (SELECT 1 FROM erase_permit WHERE learner_id = OLD.learner_id) BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
COMMIT;
PRAGMA application_id = 1112364112 ;
