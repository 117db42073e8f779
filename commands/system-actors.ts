/**
 * Who acts where no person does. The ids are fixed for ever: they stand in the metadata of events and in the ids of
 * commands (PROTOCOL 3).
 */
export const SYSTEM_ACTORS = {
  /** Numbers documents in answer to requests. */
  registrar: '00000000-0000-8000-8000-000000000001',
  /** Executes what events set off. */
  reactions: '00000000-0000-8000-8000-000000000002',
  /** Plays the files of another system. */
  importer: '00000000-0000-8000-8000-000000000003',
  /** Fills a sandbox with its demonstration. */
  demonstration: '00000000-0000-8000-8000-000000000004',
  /** Who runs the program from the command line: opens the log, registers the first administrator. */
  operator: '00000000-0000-8000-8000-000000000005',
  /** Writes down refusals and sensitive reads. */
  auditRecorder: '00000000-0000-8000-8000-000000000006',
  /** Registers whom an identity provider vouches for, and gives the rights that its groups say. */
  identityProvider: '00000000-0000-8000-8000-000000000007',
} as const
