create table if not exists db_expiring (name text not null primary key);

create or replace function db_append_only() returns trigger language plpgsql as $$begin if tg_op = 'DELETE' and exists (select 1 from db_expiring where name = tg_table_name) then return old; end if; raise exception 'rows are only added here'; end$$;

create table if not exists core_job (
  id bigint primary key,
  org_id bigint not null,
  kind text collate "C" not null,
  reference bigint not null,
  subject_id bigint,
  state text collate "C" not null,
  attempts bigint not null,
  run_at bigint not null,
  expires_at bigint not null,
  error text collate "C"
);

create index if not exists core_job_state_run_at_id_idx on core_job (state, run_at, id);

create index if not exists core_job_kind_idx on core_job (kind);

create table if not exists core_log (
  id bigint primary key,
  head bigint not null,
  first bigint not null,
  at bigint not null
);

create table if not exists core_node (
  id bigint primary key,
  owner bigint,
  until bigint not null
);

create table if not exists privacy_acceptance (
  id bigint primary key,
  account_id bigint not null,
  policy_version text collate "C" not null,
  policy_hash text collate "C" not null,
  language text collate "C" not null,
  at bigint not null
);

create unique index if not exists privacy_acceptance_account_id_policy_hash_key on privacy_acceptance (account_id, policy_hash);

create or replace trigger privacy_acceptance_no_update before update on privacy_acceptance for each row execute function db_append_only();

create or replace trigger privacy_acceptance_no_delete before delete on privacy_acceptance for each row execute function db_append_only();

create or replace trigger privacy_acceptance_no_truncate before truncate on privacy_acceptance for each statement execute function db_append_only();

create table if not exists privacy_decision (
  id bigint primary key,
  org_id bigint not null,
  member_id bigint not null,
  matter text collate "C" not null,
  number bigint not null,
  action text collate "C" not null,
  version bigint not null,
  text_hash bytea not null,
  surface text collate "C" not null,
  session_id bigint not null,
  by_id bigint not null,
  at bigint not null
);

create unique index if not exists privacy_decision_org_id_member_id_matter_number_key on privacy_decision (org_id, member_id, matter, number);

create or replace trigger privacy_decision_no_update before update on privacy_decision for each row execute function db_append_only();

create or replace trigger privacy_decision_no_delete before delete on privacy_decision for each row execute function db_append_only();

create or replace trigger privacy_decision_no_truncate before truncate on privacy_decision for each statement execute function db_append_only();

create table if not exists privacy_choice (
  id bigint primary key,
  org_id bigint not null,
  member_id bigint not null,
  matter text collate "C" not null,
  granted boolean not null,
  version bigint not null,
  withdrawals bigint not null,
  number bigint not null,
  at bigint not null,
  ended_at bigint
);

create unique index if not exists privacy_choice_org_id_member_id_matter_key on privacy_choice (org_id, member_id, matter);

create table if not exists privacy_taking (
  id bigint primary key,
  org_id bigint not null,
  member_id bigint not null,
  day bigint not null,
  item text collate "C" not null,
  purpose text collate "C" not null,
  count bigint not null,
  last_at bigint not null
);

create unique index if not exists privacy_taking_org_id_member_id_day_item_purpose_key on privacy_taking (org_id, member_id, day, item, purpose);

create table if not exists privacy_feature (
  id bigint primary key,
  org_id bigint not null,
  purpose text collate "C" not null,
  closed boolean not null,
  at bigint not null
);

create unique index if not exists privacy_feature_org_id_purpose_key on privacy_feature (org_id, purpose);

create table if not exists privacy_audit (
  id bigint primary key,
  org_id bigint not null,
  at bigint not null,
  request bigint not null,
  actor text collate "C" not null,
  actor_member bigint,
  actor_account bigint,
  acting_for bigint,
  action text collate "C" not null,
  subject_id bigint,
  item text collate "C",
  purpose text collate "C" not null,
  reason text collate "C"
);

create index if not exists privacy_audit_org_id_at_idx on privacy_audit (org_id, at);

create index if not exists privacy_audit_org_id_subject_id_at_idx on privacy_audit (org_id, subject_id, at);

create index if not exists privacy_audit_actor_member_idx on privacy_audit (actor_member);

create index if not exists privacy_audit_actor_account_idx on privacy_audit (actor_account);

create or replace trigger privacy_audit_no_update before update on privacy_audit for each row execute function db_append_only();

create or replace trigger privacy_audit_no_delete before delete on privacy_audit for each row execute function db_append_only();

create or replace trigger privacy_audit_no_truncate before truncate on privacy_audit for each statement execute function db_append_only();

create table if not exists privacy_ledger (
  id bigint primary key,
  kind text collate "C" not null,
  reference bigint not null,
  salt bytea not null,
  digest bytea not null,
  at bigint not null
);

create unique index if not exists privacy_ledger_kind_reference_key on privacy_ledger (kind, reference);

create or replace trigger privacy_ledger_no_update before update on privacy_ledger for each row execute function db_append_only();

create or replace trigger privacy_ledger_no_delete before delete on privacy_ledger for each row execute function db_append_only();

create or replace trigger privacy_ledger_no_truncate before truncate on privacy_ledger for each statement execute function db_append_only();

create table if not exists privacy_ledger_waiting (
  id bigint primary key
);

create table if not exists privacy_ledger_chain (
  seq bigint primary key,
  entry_id bigint not null,
  hash bytea not null
);

create unique index if not exists privacy_ledger_chain_entry_id_key on privacy_ledger_chain (entry_id);

create or replace trigger privacy_ledger_chain_no_update before update on privacy_ledger_chain for each row execute function db_append_only();

create or replace trigger privacy_ledger_chain_no_delete before delete on privacy_ledger_chain for each row execute function db_append_only();

create or replace trigger privacy_ledger_chain_no_truncate before truncate on privacy_ledger_chain for each statement execute function db_append_only();

create table if not exists privacy_policy (
  id bigint primary key,
  version text collate "C" not null,
  hash text collate "C" not null,
  at bigint not null,
  zh text collate "C" not null,
  en text collate "C" not null
);

create unique index if not exists privacy_policy_hash_key on privacy_policy (hash);

create or replace trigger privacy_policy_no_update before update on privacy_policy for each row execute function db_append_only();

create or replace trigger privacy_policy_no_delete before delete on privacy_policy for each row execute function db_append_only();

create or replace trigger privacy_policy_no_truncate before truncate on privacy_policy for each statement execute function db_append_only();

create table if not exists identity_account (
  id bigint primary key,
  login text collate "C" not null,
  password bytea not null,
  created_at bigint not null
);

create unique index if not exists identity_account_login_key on identity_account (login);

create table if not exists identity_membership (
  id bigint primary key,
  org_id bigint not null,
  account_id bigint,
  roles bigint not null,
  created_at bigint not null
);

create index if not exists identity_membership_account_id_idx on identity_membership (account_id);

create index if not exists identity_membership_org_id_roles_idx on identity_membership (org_id, roles);

create table if not exists identity_session (
  id bigint primary key,
  account_id bigint not null,
  member_id bigint not null,
  token bytea not null,
  device text collate "C",
  created_at bigint not null,
  expires_at bigint not null
);

create index if not exists identity_session_account_id_created_at_idx on identity_session (account_id, created_at);

create index if not exists identity_session_expires_at_idx on identity_session (expires_at);

create unique index if not exists identity_session_token_key on identity_session (token);

create table if not exists identity_failure (
  id bigint primary key,
  login bytea not null,
  count bigint not null,
  last_at bigint not null
);

create index if not exists identity_failure_last_at_idx on identity_failure (last_at);

create unique index if not exists identity_failure_login_key on identity_failure (login);

create table if not exists directory_org (
  id bigint primary key,
  name text collate "C" not null,
  zone text collate "C" not null,
  created_at bigint not null
);

create table if not exists directory_unit (
  id bigint primary key,
  org_id bigint not null,
  parent_id bigint not null,
  name text collate "C" not null,
  kind text collate "C" not null,
  position bigint not null,
  children bigint not null,
  members bigint not null
);

create index if not exists directory_unit_org_id_parent_id_position_id_idx on directory_unit (org_id, parent_id, position, id);

create table if not exists directory_member (
  id bigint primary key,
  org_id bigint not null,
  name text collate "C" not null,
  title text collate "C" not null,
  unit_id bigint not null,
  position bigint not null,
  created_at bigint not null
);

create index if not exists directory_member_org_id_unit_id_position_id_idx on directory_member (org_id, unit_id, position, id);

create table if not exists directory_key (
  id bigint primary key,
  org_id bigint not null,
  term text collate "C" not null,
  member_id bigint not null
);

create index if not exists directory_key_member_id_idx on directory_key (member_id);

create unique index if not exists directory_key_org_id_term_member_id_key on directory_key (org_id, term, member_id);

create table if not exists file_upload (
  id bigint primary key,
  org_id bigint not null,
  owner_id bigint not null,
  at bigint not null,
  name text collate "C" not null,
  size bigint not null,
  received bigint not null,
  source text collate "C" not null,
  withdrawals bigint,
  blob_id bigint not null
);

create index if not exists file_upload_at_id_idx on file_upload (at, id);

create index if not exists file_upload_org_id_owner_id_size_idx on file_upload (org_id, owner_id, size);

create unique index if not exists file_upload_blob_id_key on file_upload (blob_id);

create table if not exists file_file (
  id bigint primary key,
  org_id bigint not null,
  owner_id bigint not null,
  at bigint not null,
  name text collate "C" not null,
  size bigint not null,
  type text collate "C" not null,
  source text collate "C",
  blob_id bigint not null
);

create index if not exists file_file_org_id_owner_id_id_idx on file_file (org_id, owner_id, id);

create index if not exists file_file_org_id_owner_id_size_idx on file_file (org_id, owner_id, size);

create unique index if not exists file_file_blob_id_key on file_file (blob_id);

create table if not exists file_space (
  org_id bigint not null,
  owner_id bigint not null,
  bytes bigint not null,
  primary key (org_id, owner_id)
);

create table if not exists chat_conversation (
  id bigint primary key,
  org_id bigint not null,
  kind text collate "C" not null,
  name text collate "C",
  low_id bigint,
  high_id bigint,
  created_at bigint not null
);

create unique index if not exists chat_conversation_org_id_low_id_high_id_key on chat_conversation (org_id, low_id, high_id);

create table if not exists chat_member (
  conversation_id bigint not null,
  member_id bigint not null,
  org_id bigint not null,
  read bigint not null,
  primary key (conversation_id, member_id)
);

create index if not exists chat_member_org_id_member_id_idx on chat_member (org_id, member_id);

create table if not exists chat_entry (
  conversation_id bigint not null,
  number bigint not null,
  org_id bigint not null,
  kind text collate "C" not null,
  author_id bigint,
  token text collate "C",
  at bigint not null,
  text text collate "C" not null,
  target bigint,
  state text collate "C",
  primary key (conversation_id, number)
);

create unique index if not exists chat_entry_conversation_id_author_id_token_key on chat_entry (conversation_id, author_id, token);

create table if not exists chat_reaction (
  conversation_id bigint not null,
  number bigint not null,
  member_id bigint not null,
  emoji text collate "C" not null,
  org_id bigint not null,
  at bigint not null,
  primary key (conversation_id, number, emoji, member_id)
);

