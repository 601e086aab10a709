-- A START restores what a STOP took, and nothing that was refused in another way.
alter table consent
  add column granted_before_stop boolean,
  add constraint consent_of_stop_is_not_granted check (granted_before_stop is null or not granted);

comment on column consent.granted_before_stop is
  'set by a STOP: true if the consent had been granted, false if the customer had said nothing; null for what was said otherwise';
