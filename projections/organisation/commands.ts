import { eventDefinitions } from '../../domain/events.ts'
import {
  CommandsRefused,
  SensitiveReadsMade,
  SignInsRefused,
} from '../../domain/organisation/audit.events.ts'
import { column, table } from '../definition.ts'
import type { Projection } from '../definition.ts'

const audits: ReadonlySet<string> = new Set([
  CommandsRefused.type,
  SensitiveReadsMade.type,
  SignInsRefused.type,
])

export const doneTable = table({
  name: 'command_done',
  comment: 'Commands that recorded something: one row each, by the first event of each',
  columns: {
    command_id: column.uuid('Identifier of the command'),
    first_ordinal: column.bigint('Place of its first event in the log'),
    type: column.text('Type of its first event'),
    stream: column.text('Stream of its first event'),
    events: column.integer('Events it recorded'),
    actor: column.uuid('User or system actor'),
    recorded_at: column.instant('Instant of knowledge'),
  },
  key: ['command_id'],
  indexes: [{ columns: ['first_ordinal'] }, { columns: ['actor', 'first_ordinal'] }],
  on: on => [
    on(
      eventDefinitions.filter(d => !audits.has(d.type)),
      e => [{ command_id: e.commandId }],
      (row, e) =>
        row
          ? { ...row, events: row.events + 1 }
          : {
              command_id: e.commandId,
              first_ordinal: BigInt(e.ordinal),
              type: e.type,
              stream: e.stream,
              events: 1,
              actor: e.actor,
              recorded_at: e.recordedAt,
            },
    ),
  ],
})

export const refusedTable = table({
  name: 'command_refused',
  comment: 'Refusals, counted per actor, command, code, subject and minute',
  columns: {
    ordinal: column.bigint('Place of the event in the log'),
    actor: column.uuid('Who tried'),
    command: column.text('Command refused'),
    code: column.text('Code of the refusal'),
    subject: column.optional(column.text('Stream it was about')),
    minute: column.instant('The minute counted'),
    attempts: column.integer('How often'),
  },
  key: ['ordinal'],
  appendOnly: true,
  indexes: [{ columns: ['actor', 'ordinal'] }, { columns: ['code', 'ordinal'] }],
  on: on => [
    on(
      CommandsRefused,
      e => [{ ordinal: BigInt(e.ordinal) }],
      (_, { data, ordinal }) => ({
        ordinal: BigInt(ordinal),
        actor: data.actor,
        command: data.command,
        code: data.code,
        subject: data.subject ?? null,
        minute: data.minute,
        attempts: data.count,
      }),
    ),
  ],
})

export const readsTable = table({
  name: 'sensitive_read',
  comment: 'Reads of sensitive data, counted per actor, query, subject and minute',
  columns: {
    ordinal: column.bigint('Place of the event in the log'),
    actor: column.uuid('Who read'),
    query: column.text('What was asked'),
    purpose: column.optional(column.text('Purpose of the data')),
    subject: column.optional(column.text('Stream it was about')),
    minute: column.instant('The minute counted'),
    reads: column.integer('How often'),
  },
  key: ['ordinal'],
  appendOnly: true,
  indexes: [{ columns: ['actor', 'ordinal'] }],
  on: on => [
    on(
      SensitiveReadsMade,
      e => [{ ordinal: BigInt(e.ordinal) }],
      (_, { data, ordinal }) => ({
        ordinal: BigInt(ordinal),
        actor: data.actor,
        query: data.query,
        purpose: data.purpose ?? null,
        subject: data.subject ?? null,
        minute: data.minute,
        reads: data.count,
      }),
    ),
  ],
})

export const signInsTable = table({
  name: 'sign_in_refused',
  comment: 'Refused sign-ins, counted per login and minute; the login itself is not known',
  columns: {
    ordinal: column.bigint('Place of the event in the log'),
    login_digest: column.text('HMAC of the login tried'),
    code: column.text('Code of the refusal'),
    minute: column.instant('The minute counted'),
    attempts: column.integer('How often'),
  },
  key: ['ordinal'],
  appendOnly: true,
  on: on => [
    on(
      SignInsRefused,
      e => [{ ordinal: BigInt(e.ordinal) }],
      (_, { data, ordinal }) => ({
        ordinal: BigInt(ordinal),
        login_digest: data.loginDigest,
        code: data.code,
        minute: data.minute,
        attempts: data.count,
      }),
    ),
  ],
})

export const commands: Projection = {
  name: 'commands',
  version: 1,
  comment: 'Commands done and refused, sensitive reads',
  tables: [doneTable, refusedTable, readsTable, signInsTable],
}
