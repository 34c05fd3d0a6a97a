create table if not exists db_expiring (name text not null primary key);

create table if not exists core_job (
  id integer primary key,
  org_id integer not null,
  kind text not null,
  reference integer not null,
  subject_id integer,
  state text not null,
  attempts integer not null,
  run_at integer not null,
  expires_at integer not null,
  error text
) strict;

create index if not exists core_job_state_run_at_id_idx on core_job (state, run_at, id);

create index if not exists core_job_kind_idx on core_job (kind);

create table if not exists core_log (
  id integer primary key,
  head integer not null,
  first integer not null,
  at integer not null
) strict;

create table if not exists core_node (
  id integer primary key,
  owner integer,
  until integer not null
) strict;

create table if not exists privacy_acceptance (
  id integer primary key,
  account_id integer not null,
  policy_version text not null,
  policy_hash text not null,
  language text not null,
  at integer not null
) strict;

create unique index if not exists privacy_acceptance_account_id_policy_hash_key on privacy_acceptance (account_id, policy_hash);

create trigger if not exists privacy_acceptance_no_update before update on privacy_acceptance begin select raise(abort, 'rows are only added here'); end;

create trigger if not exists privacy_acceptance_no_delete before delete on privacy_acceptance when not exists (select 1 from db_expiring where name = 'privacy_acceptance') begin select raise(abort, 'rows are only added here'); end;

create table if not exists privacy_decision (
  id integer primary key,
  org_id integer not null,
  member_id integer not null,
  matter text not null,
  number integer not null,
  action text not null,
  version integer not null,
  text_hash blob not null,
  surface text not null,
  session_id integer not null,
  by_id integer not null,
  at integer not null
) strict;

create unique index if not exists privacy_decision_org_id_member_id_matter_number_key on privacy_decision (org_id, member_id, matter, number);

create trigger if not exists privacy_decision_no_update before update on privacy_decision begin select raise(abort, 'rows are only added here'); end;

create trigger if not exists privacy_decision_no_delete before delete on privacy_decision when not exists (select 1 from db_expiring where name = 'privacy_decision') begin select raise(abort, 'rows are only added here'); end;

create table if not exists privacy_choice (
  id integer primary key,
  org_id integer not null,
  member_id integer not null,
  matter text not null,
  granted integer not null,
  version integer not null,
  withdrawals integer not null,
  number integer not null,
  at integer not null,
  ended_at integer
) strict;

create unique index if not exists privacy_choice_org_id_member_id_matter_key on privacy_choice (org_id, member_id, matter);

create table if not exists privacy_taking (
  id integer primary key,
  org_id integer not null,
  member_id integer not null,
  day integer not null,
  item text not null,
  purpose text not null,
  count integer not null,
  last_at integer not null
) strict;

create unique index if not exists privacy_taking_org_id_member_id_day_item_purpose_key on privacy_taking (org_id, member_id, day, item, purpose);

create table if not exists privacy_feature (
  id integer primary key,
  org_id integer not null,
  purpose text not null,
  closed integer not null,
  at integer not null
) strict;

create unique index if not exists privacy_feature_org_id_purpose_key on privacy_feature (org_id, purpose);

create table if not exists privacy_audit (
  id integer primary key,
  org_id integer not null,
  at integer not null,
  request integer not null,
  actor text not null,
  actor_member integer,
  actor_account integer,
  acting_for integer,
  action text not null,
  subject_id integer,
  item text,
  purpose text not null,
  reason text
) strict;

create index if not exists privacy_audit_org_id_at_idx on privacy_audit (org_id, at);

create index if not exists privacy_audit_org_id_subject_id_at_idx on privacy_audit (org_id, subject_id, at);

create index if not exists privacy_audit_actor_member_idx on privacy_audit (actor_member);

create index if not exists privacy_audit_actor_account_idx on privacy_audit (actor_account);

create trigger if not exists privacy_audit_no_update before update on privacy_audit begin select raise(abort, 'rows are only added here'); end;

create trigger if not exists privacy_audit_no_delete before delete on privacy_audit when not exists (select 1 from db_expiring where name = 'privacy_audit') begin select raise(abort, 'rows are only added here'); end;

create table if not exists privacy_ledger (
  id integer primary key,
  kind text not null,
  reference integer not null,
  salt blob not null,
  digest blob not null,
  at integer not null
) strict;

create unique index if not exists privacy_ledger_kind_reference_key on privacy_ledger (kind, reference);

create trigger if not exists privacy_ledger_no_update before update on privacy_ledger begin select raise(abort, 'rows are only added here'); end;

create trigger if not exists privacy_ledger_no_delete before delete on privacy_ledger when not exists (select 1 from db_expiring where name = 'privacy_ledger') begin select raise(abort, 'rows are only added here'); end;

create table if not exists privacy_ledger_waiting (
  id integer primary key
) strict;

create table if not exists privacy_ledger_chain (
  seq integer primary key,
  entry_id integer not null,
  hash blob not null
) strict;

create unique index if not exists privacy_ledger_chain_entry_id_key on privacy_ledger_chain (entry_id);

create trigger if not exists privacy_ledger_chain_no_update before update on privacy_ledger_chain begin select raise(abort, 'rows are only added here'); end;

create trigger if not exists privacy_ledger_chain_no_delete before delete on privacy_ledger_chain when not exists (select 1 from db_expiring where name = 'privacy_ledger_chain') begin select raise(abort, 'rows are only added here'); end;

create table if not exists privacy_policy (
  id integer primary key,
  version text not null,
  hash text not null,
  at integer not null,
  zh text not null,
  en text not null
) strict;

create unique index if not exists privacy_policy_hash_key on privacy_policy (hash);

create trigger if not exists privacy_policy_no_update before update on privacy_policy begin select raise(abort, 'rows are only added here'); end;

create trigger if not exists privacy_policy_no_delete before delete on privacy_policy when not exists (select 1 from db_expiring where name = 'privacy_policy') begin select raise(abort, 'rows are only added here'); end;

create table if not exists identity_account (
  id integer primary key,
  login text not null,
  password blob not null,
  created_at integer not null
) strict;

create unique index if not exists identity_account_login_key on identity_account (login);

create table if not exists identity_membership (
  id integer primary key,
  org_id integer not null,
  account_id integer,
  roles integer not null,
  created_at integer not null
) strict;

create index if not exists identity_membership_account_id_idx on identity_membership (account_id);

create index if not exists identity_membership_org_id_roles_idx on identity_membership (org_id, roles);

create table if not exists identity_session (
  id integer primary key,
  account_id integer not null,
  member_id integer not null,
  token blob not null,
  device text,
  created_at integer not null,
  expires_at integer not null
) strict;

create index if not exists identity_session_account_id_created_at_idx on identity_session (account_id, created_at);

create index if not exists identity_session_expires_at_idx on identity_session (expires_at);

create unique index if not exists identity_session_token_key on identity_session (token);

create table if not exists identity_failure (
  id integer primary key,
  login blob not null,
  count integer not null,
  last_at integer not null
) strict;

create index if not exists identity_failure_last_at_idx on identity_failure (last_at);

create unique index if not exists identity_failure_login_key on identity_failure (login);

create table if not exists directory_org (
  id integer primary key,
  name text not null,
  zone text not null,
  created_at integer not null
) strict;

create table if not exists directory_unit (
  id integer primary key,
  org_id integer not null,
  parent_id integer not null,
  name text not null,
  kind text not null,
  position integer not null,
  children integer not null,
  members integer not null
) strict;

create index if not exists directory_unit_org_id_parent_id_position_id_idx on directory_unit (org_id, parent_id, position, id);

create table if not exists directory_member (
  id integer primary key,
  org_id integer not null,
  name text not null,
  title text not null,
  unit_id integer not null,
  position integer not null,
  created_at integer not null
) strict;

create index if not exists directory_member_org_id_unit_id_position_id_idx on directory_member (org_id, unit_id, position, id);

create table if not exists directory_key (
  id integer primary key,
  org_id integer not null,
  term text not null,
  member_id integer not null
) strict;

create index if not exists directory_key_member_id_idx on directory_key (member_id);

create unique index if not exists directory_key_org_id_term_member_id_key on directory_key (org_id, term, member_id);

create table if not exists file_upload (
  id integer primary key,
  org_id integer not null,
  owner_id integer not null,
  at integer not null,
  name text not null,
  size integer not null,
  received integer not null,
  source text not null,
  withdrawals integer,
  blob_id integer not null
) strict;

create index if not exists file_upload_at_id_idx on file_upload (at, id);

create index if not exists file_upload_org_id_owner_id_size_idx on file_upload (org_id, owner_id, size);

create unique index if not exists file_upload_blob_id_key on file_upload (blob_id);

create table if not exists file_file (
  id integer primary key,
  org_id integer not null,
  owner_id integer not null,
  at integer not null,
  name text not null,
  size integer not null,
  type text not null,
  source text,
  blob_id integer not null
) strict;

create index if not exists file_file_org_id_owner_id_id_idx on file_file (org_id, owner_id, id);

create index if not exists file_file_org_id_owner_id_size_idx on file_file (org_id, owner_id, size);

create unique index if not exists file_file_blob_id_key on file_file (blob_id);

create table if not exists file_space (
  org_id integer not null,
  owner_id integer not null,
  bytes integer not null,
  primary key (org_id, owner_id)
) strict, without rowid;

create table if not exists chat_conversation (
  id integer primary key,
  org_id integer not null,
  kind text not null,
  name text,
  low_id integer,
  high_id integer,
  created_at integer not null
) strict;

create unique index if not exists chat_conversation_org_id_low_id_high_id_key on chat_conversation (org_id, low_id, high_id);

create table if not exists chat_member (
  conversation_id integer not null,
  member_id integer not null,
  org_id integer not null,
  read integer not null,
  primary key (conversation_id, member_id)
) strict, without rowid;

create index if not exists chat_member_org_id_member_id_idx on chat_member (org_id, member_id);

create table if not exists chat_entry (
  conversation_id integer not null,
  number integer not null,
  org_id integer not null,
  kind text not null,
  author_id integer,
  token text,
  at integer not null,
  text text not null,
  target integer,
  state text,
  primary key (conversation_id, number)
) strict, without rowid;

create unique index if not exists chat_entry_conversation_id_author_id_token_key on chat_entry (conversation_id, author_id, token);

create table if not exists chat_reaction (
  conversation_id integer not null,
  number integer not null,
  member_id integer not null,
  emoji text not null,
  org_id integer not null,
  at integer not null,
  primary key (conversation_id, number, emoji, member_id)
) strict, without rowid;

