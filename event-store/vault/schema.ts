import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { checkpointsIn } from '../checkpoints.ts'
import { StartRefused } from '../errors.ts'
import { unwrap, wrap } from './cipher.ts'
import { readMasterKey, readOrCreateMasterKey } from './master-key.ts'

const VAULT_LOCK = 0x474c_0003
const HMAC_SECRET = 'hmac'
const SECRET_BYTES = 32

export const vaultCheckpoints = checkpointsIn('vault')

/** A destroyed key keeps its row: id, whose and what for, and when; the key itself is gone. */
const DDL = `
create schema if not exists vault;
revoke all on schema vault from public;
create table if not exists vault.secrets (name text primary key, wrapped bytea not null);
create table if not exists vault.keys (
  id uuid primary key,
  person_id uuid,
  purpose text,
  wrapped bytea,
  created_at timestamptz not null default now(),
  erased_at timestamptz,
  check ((wrapped is null) = (erased_at is not null)),
  check (wrapped is null or (person_id is not null and purpose is not null))
);
create unique index if not exists keys_present on vault.keys (person_id, purpose) where erased_at is null;
create index if not exists keys_of_person on vault.keys (person_id);
create table if not exists vault.credentials (
  user_id uuid primary key, credential_id uuid not null, password_hash text not null
);
create table if not exists vault.tokens (
  token_id uuid primary key, user_id uuid not null, digest text not null unique, expires_at timestamptz not null
);
create table if not exists vault.sessions (
  digest text primary key, user_id uuid not null, created_at timestamptz not null, expires_at timestamptz not null
);
alter table vault.sessions add column if not exists session_id uuid not null default gen_random_uuid();
alter table vault.sessions add column if not exists agent text not null default '';
alter table vault.sessions add column if not exists opened_by text not null default 'password';
create table if not exists vault.invitations (
  invitation_id uuid primary key, user_id uuid not null, digest text not null unique, expires_at timestamptz not null
);
create table if not exists vault.second_factors (
  factor_id uuid primary key, user_id uuid not null, wrapped bytea not null, last_step bigint not null default 0
);
create table if not exists vault.recovery_codes (
  factor_id uuid not null references vault.second_factors on delete cascade,
  digest text not null,
  primary key (factor_id, digest)
);
create index if not exists invitations_of_user on vault.invitations (user_id);
create index if not exists second_factors_of_user on vault.second_factors (user_id);
create index if not exists sessions_of_user on vault.sessions (user_id);
create index if not exists tokens_of_user on vault.tokens (user_id);
create table if not exists vault.move (
  one boolean primary key default true check (one),
  source text not null,
  target text not null,
  stream text not null,
  revision integer not null,
  event_id uuid not null,
  moved_event_id uuid,
  reopens_at text
);
`

export interface VaultSecrets {
  readonly master: Buffer
  readonly hmac: Buffer
}

/**
 * Creates the vault where there is none, with a new master key unless its file stands; opens an existing one with
 * the master key it was made with. Any number of processes may do so at once.
 * @throws StartRefused where the master key is missing or another vault's
 */
export const openSecrets = async (client: pg.ClientBase, masterKeyFile: string): Promise<VaultSecrets> => {
  await client.query('begin')
  try {
    await client.query(`select pg_advisory_xact_lock(${VAULT_LOCK})`)
    await client.query(DDL)
    await vaultCheckpoints.create(client)
    const { rows } = await client.query<{ wrapped: Buffer }>(
      'select wrapped from vault.secrets where name = $1',
      [HMAC_SECRET],
    )
    const secrets = rows[0]
      ? await opened(rows[0].wrapped, masterKeyFile)
      : await created(client, masterKeyFile)
    await client.query('commit')
    return secrets
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

const opened = async (wrapped: Buffer, masterKeyFile: string): Promise<VaultSecrets> => {
  const master = await readMasterKey(masterKeyFile)
  const hmac = unwrap(master, wrapped, HMAC_SECRET)
  if (!hmac)
    throw new StartRefused(
      'VAULT_MASTER_KEY_WRONG',
      { file: masterKeyFile },
      {
        en: `The master key ${masterKeyFile} does not open this vault: it belongs to another one.`,
        fr: `La clé maîtresse ${masterKeyFile} n'ouvre pas ce coffre : c'est celle d'un autre.`,
      },
    )
  return { master, hmac }
}

const created = async (client: pg.ClientBase, masterKeyFile: string): Promise<VaultSecrets> => {
  const master = await readOrCreateMasterKey(masterKeyFile)
  const hmac = randomBytes(SECRET_BYTES)
  await client.query('insert into vault.secrets (name, wrapped) values ($1, $2)', [
    HMAC_SECRET,
    wrap(master, hmac, HMAC_SECRET),
  ])
  return { master, hmac }
}
