// Written by `npm run docs` from docs/openapi.json. Not edited by hand.

/** What can be read, by address. */
export interface Gets {
  readonly '/health': {
    readonly path: {}
    readonly query: {}
    readonly answer: { readonly status: 'alive' }
  }
  readonly '/ready': {
    readonly path: {}
    readonly query: {}
    readonly answer: {
      readonly status: 'ready' | 'notReady'
      readonly failing: readonly string[]
      readonly logDangers: readonly string[]
    }
  }
  readonly '/metrics': {
    readonly path: {}
    readonly query: {}
    readonly answer: string
  }
  readonly '/api/openapi.json': {
    readonly path: {}
    readonly query: {}
    readonly answer: undefined
  }
  readonly '/api/welcome': {
    readonly path: {}
    readonly query: {}
    readonly answer: {
      readonly log: { readonly kind: 'production' | 'sandbox'; readonly name: string }
      readonly provider?: string
      readonly demonstration?: readonly {
        readonly login: string
        readonly name: string
        readonly role: string
        readonly password: string
      }[]
    }
  }
  readonly '/api/me': {
    readonly path: {}
    readonly query: {}
    readonly answer: {
      readonly userId: string
      readonly kind: 'human' | 'program'
      readonly login?: string
      readonly name?: string
      readonly grants: readonly {
        readonly role: string
        readonly entityId: string
        readonly areas: readonly ('commerce' | 'invoicing' | 'ledger' | 'organisation' | 'users' | 'audit')[]
        readonly commands: readonly string[]
      }[]
      readonly commands: readonly string[]
      readonly areas: readonly ('commerce' | 'invoicing' | 'ledger' | 'organisation' | 'users' | 'audit')[]
      readonly secondFactor: 'none' | 'set' | 'toSet'
      readonly log: { readonly kind: 'production' | 'sandbox'; readonly name: string }
    }
  }
  readonly '/api/me/sessions': {
    readonly path: {}
    readonly query: {}
    readonly answer: {
      readonly items: readonly {
        readonly sessionId: string
        readonly createdAt: string
        readonly expiresAt: string
        readonly agent: string
        readonly present: boolean
      }[]
    }
  }
  readonly '/api/me/views': {
    readonly path: {}
    readonly query: { readonly list: string }
    readonly answer: {
      readonly items: readonly {
        readonly viewId: string
        readonly list: string
        readonly search: Readonly<Record<string, string | readonly string[]>>
        readonly name: string
        readonly sharedWith: readonly string[]
        readonly mine: boolean
        readonly ownerName?: string
      }[]
    }
  }
  readonly '/api/me/pins': {
    readonly path: {}
    readonly query: {}
    readonly answer: { readonly items: readonly { readonly to: string; readonly label: string }[] }
  }
  readonly '/api/me/templates': {
    readonly path: {}
    readonly query: { readonly command: string; readonly entityId: string }
    readonly answer: {
      readonly items: readonly {
        readonly templateId: string
        readonly name: string
        readonly sharedWith: readonly string[]
        readonly mine: boolean
        readonly ownerName?: string
        readonly filledIn: Readonly<Record<string, unknown>>
      }[]
    }
  }
  readonly '/api/events': {
    readonly path: {}
    readonly query: {}
    readonly answer: string
  }
  readonly '/api/organisation/legal-entities': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'code' | '-code' | 'name' | '-name'
      readonly asOf?: string
      readonly code?: string | readonly string[]
      readonly siren?: string | readonly string[]
    }
    readonly answer: {
      readonly items: readonly {
        readonly entityId: string
        readonly code: string
        readonly name: string
        readonly legalForm: string
        readonly capital: string | null
        readonly registration: string | null
        readonly siren: string
        readonly siret: string | null
        readonly vatNumber: string
        readonly address: unknown
        readonly currency: string
        readonly timeZone: string
        readonly paymentTermDays: number | null
        readonly iban: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/legal-entities/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly asOf?: string
      readonly code?: string | readonly string[]
      readonly siren?: string | readonly string[]
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/number-series': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'series' | '-series'
      readonly entityId?: string | readonly string[]
    }
    readonly answer: {
      readonly items: readonly {
        readonly entityId: string
        readonly series: string
        readonly documents: readonly string[]
        readonly journal: string
        readonly pattern: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/number-series/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly entityId?: string | readonly string[]
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/commands-done': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'firstOrdinal' | '-firstOrdinal'
      readonly actor?: string | readonly string[]
      readonly type?: string | readonly string[]
      readonly stream?: string | readonly string[]
      readonly recordedAtFrom?: string
      readonly recordedAtTo?: string
      readonly firstOrdinalFrom?: string
      readonly firstOrdinalTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly commandId: string
        readonly firstOrdinal: number
        readonly type: string
        readonly stream: string
        readonly events: number
        readonly actor: string
        readonly recordedAt: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/commands-done/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'type' | 'actor'
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly actor?: string | readonly string[]
      readonly type?: string | readonly string[]
      readonly stream?: string | readonly string[]
      readonly recordedAtFrom?: string
      readonly recordedAtTo?: string
      readonly firstOrdinalFrom?: string
      readonly firstOrdinalTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/commands-refused': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'ordinal' | '-ordinal'
      readonly actor?: string | readonly string[]
      readonly command?: string | readonly string[]
      readonly code?: string | readonly string[]
      readonly subject?: string | readonly string[]
      readonly minuteFrom?: string
      readonly minuteTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly actor: string
        readonly command: string
        readonly code: string
        readonly subject: string | null
        readonly minute: string
        readonly attempts: number
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/commands-refused/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'code' | 'command' | 'actor'
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly actor?: string | readonly string[]
      readonly command?: string | readonly string[]
      readonly code?: string | readonly string[]
      readonly subject?: string | readonly string[]
      readonly minuteFrom?: string
      readonly minuteTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/sensitive-reads': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'ordinal' | '-ordinal'
      readonly actor?: string | readonly string[]
      readonly query?: string | readonly string[]
      readonly subject?: string | readonly string[]
      readonly minuteFrom?: string
      readonly minuteTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly actor: string
        readonly query: string
        readonly purpose: string | null
        readonly subject: string | null
        readonly minute: string
        readonly reads: number
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/sensitive-reads/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly actor?: string | readonly string[]
      readonly query?: string | readonly string[]
      readonly subject?: string | readonly string[]
      readonly minuteFrom?: string
      readonly minuteTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/sign-ins-refused': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'ordinal' | '-ordinal'
      readonly loginDigest?: string | readonly string[]
      readonly code?: string | readonly string[]
      readonly minuteFrom?: string
      readonly minuteTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly loginDigest: string
        readonly code: string
        readonly minute: string
        readonly attempts: number
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/sign-ins-refused/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly loginDigest?: string | readonly string[]
      readonly code?: string | readonly string[]
      readonly minuteFrom?: string
      readonly minuteTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/log': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'ordinal' | '-ordinal'
      readonly stream?: string | readonly string[]
      readonly type?: string | readonly string[]
      readonly actor?: string | readonly string[]
      readonly commandId?: string | readonly string[]
      readonly correlationId?: string | readonly string[]
      readonly eventId?: string | readonly string[]
      readonly origin?:
        | 'screen'
        | 'api'
        | 'import'
        | 'job'
        | 'demo'
        | 'cli'
        | readonly ('screen' | 'api' | 'import' | 'job' | 'demo' | 'cli')[]
      readonly ordinalFrom?: string
      readonly ordinalTo?: string
      readonly recordedAtFrom?: string
      readonly recordedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/log/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'type' | 'actor' | 'origin'
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly stream?: string | readonly string[]
      readonly type?: string | readonly string[]
      readonly actor?: string | readonly string[]
      readonly commandId?: string | readonly string[]
      readonly correlationId?: string | readonly string[]
      readonly eventId?: string | readonly string[]
      readonly origin?:
        | 'screen'
        | 'api'
        | 'import'
        | 'job'
        | 'demo'
        | 'cli'
        | readonly ('screen' | 'api' | 'import' | 'job' | 'demo' | 'cli')[]
      readonly ordinalFrom?: string
      readonly ordinalTo?: string
      readonly recordedAtFrom?: string
      readonly recordedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/legal-entities/{id}': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly asOf?: string
    }
    readonly answer: {
      readonly entityId: string
      readonly code: string
      readonly name: string
      readonly legalForm: string
      readonly capital: string | null
      readonly registration: string | null
      readonly siren: string
      readonly siret: string | null
      readonly vatNumber: string
      readonly address: unknown
      readonly currency: string
      readonly timeZone: string
      readonly paymentTermDays: number | null
      readonly iban: string | null
    }
  }
  readonly '/api/organisation/legal-entities/{id}/history': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/legal-entities/{id}/story': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
        readonly actorName: string | null
        readonly data: Readonly<Record<string, unknown>> | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/legal-entities/{id}/series': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'series' | '-series'
    }
    readonly answer: {
      readonly items: readonly {
        readonly entityId: string
        readonly series: string
        readonly documents: readonly string[]
        readonly journal: string
        readonly pattern: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/legal-entities/{id}/vat-regimes': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'fromDay' | '-fromDay'
    }
    readonly answer: {
      readonly items: readonly {
        readonly entityId: string
        readonly fromDay: string
        readonly services: 'receipts' | 'debits'
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/persons/{id}': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly purpose: 'account' | 'prospecting' | 'contract' | 'accounting'
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly personId: string
      readonly purpose: string
      readonly name: string | null
      readonly login: string | null
      readonly email: string | null
      readonly phone: string | null
      readonly fax: string | null
      readonly line1: string | null
      readonly line2: string | null
      readonly postcode: string | null
      readonly city: string | null
      readonly country: string | null
      readonly changedAt: string
    }
  }
  readonly '/api/organisation/users': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'registeredAt' | '-registeredAt'
      readonly asOf?: string
      readonly kind?: 'human' | 'program' | readonly ('human' | 'program')[]
      readonly active?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly registeredAtFrom?: string
      readonly registeredAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly userId: string
        readonly kind: 'human' | 'program'
        readonly active: boolean
        readonly grants: unknown
        readonly roles: readonly string[]
        readonly credentialId: string | null
        readonly invitationId: string | null
        readonly invitedUntil: string | null
        readonly secondFactor: boolean
        readonly issuer: string | null
        readonly rightsFrom: 'administrators' | 'groups'
        readonly registeredAt: string
        readonly leftOn: string | null
        readonly login: string | null
        readonly name: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/users/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly asOf?: string
      readonly kind?: 'human' | 'program' | readonly ('human' | 'program')[]
      readonly active?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly registeredAtFrom?: string
      readonly registeredAtTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/users/{id}': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly asOf?: string
    }
    readonly answer: {
      readonly userId: string
      readonly kind: 'human' | 'program'
      readonly active: boolean
      readonly grants: unknown
      readonly roles: readonly string[]
      readonly credentialId: string | null
      readonly invitationId: string | null
      readonly invitedUntil: string | null
      readonly secondFactor: boolean
      readonly issuer: string | null
      readonly rightsFrom: 'administrators' | 'groups'
      readonly registeredAt: string
      readonly leftOn: string | null
      readonly login: string | null
      readonly name: string | null
    }
  }
  readonly '/api/organisation/users/{id}/history': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/users/{id}/story': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
        readonly actorName: string | null
        readonly data: Readonly<Record<string, unknown>> | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/users/{id}/tokens': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'expiresAt' | '-expiresAt'
      readonly expiresAtFrom?: string
      readonly expiresAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly tokenId: string
        readonly userId: string
        readonly label: string
        readonly expiresAt: string
        readonly revokedAt: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/organisation/sign-in-policy': {
    readonly path: {}
    readonly query: {}
    readonly answer: {
      readonly secondFactorRoles: readonly (
        'sales' | 'billing' | 'accountant' | 'chiefAccountant' | 'auditor' | 'analyst' | 'administrator'
      )[]
    }
  }
  readonly '/api/organisation/rights': {
    readonly path: {}
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly roles: readonly (
        'sales' | 'billing' | 'accountant' | 'chiefAccountant' | 'auditor' | 'analyst' | 'administrator'
      )[]
      readonly commands: readonly {
        readonly name: string
        readonly context: string
        readonly summary: { readonly fr: string; readonly en: string }
        readonly roles: readonly (
          'sales' | 'billing' | 'accountant' | 'chiefAccountant' | 'auditor' | 'analyst' | 'administrator'
        )[]
        readonly perEntity: boolean
        readonly own: boolean
        readonly separatedFrom: readonly string[]
        readonly duty?: { readonly fr: string; readonly en: string }
      }[]
      readonly reads: readonly {
        readonly area: 'commerce' | 'invoicing' | 'ledger' | 'organisation' | 'users' | 'audit'
        readonly roles: readonly (
          'sales' | 'billing' | 'accountant' | 'chiefAccountant' | 'auditor' | 'analyst' | 'administrator'
        )[]
      }[]
      readonly combined: readonly {
        readonly userId: string
        readonly name: string | null
        readonly command: string
        readonly from: readonly string[]
        readonly entityIds: readonly string[]
      }[]
    }
  }
  readonly '/api/me/second-factor': {
    readonly path: {}
    readonly query: {}
    readonly answer: { readonly set: boolean; readonly required: boolean; readonly recoveryCodesLeft: number }
  }
  readonly '/api/commerce/customers': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?:
        | 'code'
        | '-code'
        | 'name'
        | '-name'
        | 'country'
        | '-country'
        | 'registeredAt'
        | '-registeredAt'
        | 'changedAt'
        | '-changedAt'
      readonly search?: string
      readonly asOf?: string
      readonly customerId?: string | readonly string[]
      readonly code?: string | readonly string[]
      readonly kind?: 'company' | 'person' | readonly ('company' | 'person')[]
      readonly country?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly siren?: string | readonly string[]
      readonly vatNumber?: string | readonly string[]
      readonly registeredAtFrom?: string
      readonly registeredAtTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly customerId: string
        readonly code: string
        readonly kind: 'company' | 'person'
        readonly name: string | null
        readonly personId: string | null
        readonly country: string
        readonly siren: string | null
        readonly vatNumber: string | null
        readonly postcode: string | null
        readonly city: string | null
        readonly address: unknown | null
        readonly currency: string
        readonly paymentTermDays: number | null
        readonly registeredAt: string
        readonly changedAt: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/customers/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'country' | 'kind' | 'currency'
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly search?: string
      readonly asOf?: string
      readonly customerId?: string | readonly string[]
      readonly code?: string | readonly string[]
      readonly kind?: 'company' | 'person' | readonly ('company' | 'person')[]
      readonly country?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly siren?: string | readonly string[]
      readonly vatNumber?: string | readonly string[]
      readonly registeredAtFrom?: string
      readonly registeredAtTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/products': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?:
        | 'code'
        | '-code'
        | 'name'
        | '-name'
        | 'family'
        | '-family'
        | 'unitPrice'
        | '-unitPrice'
        | 'changedAt'
        | '-changedAt'
      readonly search?: string
      readonly asOf?: string
      readonly productId?: string | readonly string[]
      readonly code?: string | readonly string[]
      readonly family?: string | readonly string[]
      readonly operation?: 'goods' | 'services' | readonly ('goods' | 'services')[]
      readonly vat?:
        | 'standard'
        | 'intermediate'
        | 'reduced'
        | 'superReduced'
        | 'exempt'
        | readonly ('standard' | 'intermediate' | 'reduced' | 'superReduced' | 'exempt')[]
      readonly discontinued?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly currency?: string | readonly string[]
      readonly unitPriceFrom?: string
      readonly unitPriceTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly productId: string
        readonly code: string
        readonly name: string
        readonly description: string | null
        readonly family: string | null
        readonly operation: 'goods' | 'services'
        readonly unit: string
        readonly unitPrice: number
        readonly currency: string
        readonly vat: 'standard' | 'intermediate' | 'reduced' | 'superReduced' | 'exempt'
        readonly vatExemption: string | null
        readonly revenueAccount: string
        readonly discontinued: boolean
        readonly changedAt: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/products/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'family' | 'operation' | 'vat' | 'discontinued'
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly search?: string
      readonly asOf?: string
      readonly productId?: string | readonly string[]
      readonly code?: string | readonly string[]
      readonly family?: string | readonly string[]
      readonly operation?: 'goods' | 'services' | readonly ('goods' | 'services')[]
      readonly vat?:
        | 'standard'
        | 'intermediate'
        | 'reduced'
        | 'superReduced'
        | 'exempt'
        | readonly ('standard' | 'intermediate' | 'reduced' | 'superReduced' | 'exempt')[]
      readonly discontinued?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly currency?: string | readonly string[]
      readonly unitPriceFrom?: string
      readonly unitPriceTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/orders': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?:
        | 'orderedOn'
        | '-orderedOn'
        | 'number'
        | '-number'
        | 'net'
        | '-net'
        | 'deliveredOn'
        | '-deliveredOn'
        | 'changedAt'
        | '-changedAt'
      readonly search?: string
      readonly asOf?: string
      readonly orderId?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly number?: string | readonly string[]
      readonly state?:
        | 'placed'
        | 'confirmed'
        | 'partlyDelivered'
        | 'delivered'
        | 'cancelled'
        | readonly ('placed' | 'confirmed' | 'partlyDelivered' | 'delivered' | 'cancelled')[]
      readonly salespersonId?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly purchaseOrder?: string | readonly string[]
      readonly orderedOnFrom?: string
      readonly orderedOnTo?: string
      readonly requestedOnFrom?: string
      readonly requestedOnTo?: string
      readonly deliveredOnFrom?: string
      readonly deliveredOnTo?: string
      readonly netFrom?: string
      readonly netTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly orderId: string
        readonly entityId: string
        readonly customerId: string
        readonly number: string
        readonly purchaseOrder: string | null
        readonly state: 'placed' | 'confirmed' | 'partlyDelivered' | 'delivered' | 'cancelled'
        readonly orderedOn: string
        readonly requestedOn: string | null
        readonly confirmedOn: string | null
        readonly deliveredOn: string | null
        readonly currency: string
        readonly net: number
        readonly freight: number
        readonly freightBilled: number
        readonly ordered: number
        readonly delivered: number
        readonly cancelled: number
        readonly billed: number
        readonly salespersonId: string | null
        readonly changedAt: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/orders/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'customerId' | 'state' | 'orderedOnMonth' | 'entityId' | 'salespersonId'
      readonly sort?: 'group' | '-group' | 'count' | '-count' | 'net' | '-net' | 'freight' | '-freight'
      readonly search?: string
      readonly asOf?: string
      readonly orderId?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly number?: string | readonly string[]
      readonly state?:
        | 'placed'
        | 'confirmed'
        | 'partlyDelivered'
        | 'delivered'
        | 'cancelled'
        | readonly ('placed' | 'confirmed' | 'partlyDelivered' | 'delivered' | 'cancelled')[]
      readonly salespersonId?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly purchaseOrder?: string | readonly string[]
      readonly orderedOnFrom?: string
      readonly orderedOnTo?: string
      readonly requestedOnFrom?: string
      readonly requestedOnTo?: string
      readonly deliveredOnFrom?: string
      readonly deliveredOnTo?: string
      readonly netFrom?: string
      readonly netTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly group: string | null
        readonly currency: string
        readonly count: number
        readonly net: number | string
        readonly freight: number | string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/customers/{id}': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly asOf?: string
    }
    readonly answer: {
      readonly customerId: string
      readonly code: string
      readonly kind: 'company' | 'person'
      readonly name: string | null
      readonly personId: string | null
      readonly country: string
      readonly siren: string | null
      readonly vatNumber: string | null
      readonly postcode: string | null
      readonly city: string | null
      readonly address: unknown | null
      readonly currency: string
      readonly paymentTermDays: number | null
      readonly registeredAt: string
      readonly changedAt: string
    }
  }
  readonly '/api/commerce/customers/{id}/history': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/customers/{id}/story': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
        readonly actorName: string | null
        readonly data: Readonly<Record<string, unknown>> | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/customers/{id}/comments': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly commentId: string
        readonly document: string
        readonly ordinal: number
        readonly text: string | null
        readonly writtenBy: string
        readonly writtenAt: string
        readonly withdrawnAt: string | null
        readonly authorName: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/products/{id}': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly asOf?: string
    }
    readonly answer: {
      readonly productId: string
      readonly code: string
      readonly name: string
      readonly description: string | null
      readonly family: string | null
      readonly operation: 'goods' | 'services'
      readonly unit: string
      readonly unitPrice: number
      readonly currency: string
      readonly vat: 'standard' | 'intermediate' | 'reduced' | 'superReduced' | 'exempt'
      readonly vatExemption: string | null
      readonly revenueAccount: string
      readonly discontinued: boolean
      readonly changedAt: string
    }
  }
  readonly '/api/commerce/products/{id}/history': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/products/{id}/story': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
        readonly actorName: string | null
        readonly data: Readonly<Record<string, unknown>> | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/products/{id}/comments': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly commentId: string
        readonly document: string
        readonly ordinal: number
        readonly text: string | null
        readonly writtenBy: string
        readonly writtenAt: string
        readonly withdrawnAt: string | null
        readonly authorName: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/orders/{id}': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly asOf?: string
    }
    readonly answer: {
      readonly orderId: string
      readonly entityId: string
      readonly customerId: string
      readonly number: string
      readonly purchaseOrder: string | null
      readonly state: 'placed' | 'confirmed' | 'partlyDelivered' | 'delivered' | 'cancelled'
      readonly orderedOn: string
      readonly requestedOn: string | null
      readonly confirmedOn: string | null
      readonly deliveredOn: string | null
      readonly currency: string
      readonly net: number
      readonly freight: number
      readonly freightBilled: number
      readonly ordered: number
      readonly delivered: number
      readonly cancelled: number
      readonly billed: number
      readonly salespersonId: string | null
      readonly changedAt: string
    }
  }
  readonly '/api/commerce/orders/{id}/history': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/orders/{id}/story': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
        readonly actorName: string | null
        readonly data: Readonly<Record<string, unknown>> | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/orders/{id}/comments': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly commentId: string
        readonly document: string
        readonly ordinal: number
        readonly text: string | null
        readonly writtenBy: string
        readonly writtenAt: string
        readonly withdrawnAt: string | null
        readonly authorName: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/customers/{id}/contacts': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'customerId' | '-customerId' | 'personId' | '-personId'
      readonly asOf?: string
      readonly personId?: string | readonly string[]
    }
    readonly answer: {
      readonly items: readonly {
        readonly customerId: string
        readonly personId: string
        readonly role: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/orders/{id}/lines': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'position' | '-position'
      readonly asOf?: string
      readonly productId?: string | readonly string[]
    }
    readonly answer: {
      readonly items: readonly {
        readonly orderId: string
        readonly lineId: string
        readonly position: number
        readonly productId: string
        readonly productCode: string
        readonly name: string
        readonly unit: string
        readonly unitPrice: number
        readonly discountRate: number
        readonly net: number
        readonly ordered: number
        readonly delivered: number
        readonly cancelled: number
        readonly billed: number
      }[]
      readonly next?: string
    }
  }
  readonly '/api/commerce/orders/{id}/deliveries': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'deliveredOn' | '-deliveredOn'
      readonly asOf?: string
      readonly deliveredOnFrom?: string
      readonly deliveredOnTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly orderId: string
        readonly deliveryId: string
        readonly deliveredOn: string
        readonly carrier: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/invoices': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?:
        | 'issuedOn'
        | '-issuedOn'
        | 'number'
        | '-number'
        | 'dueOn'
        | '-dueOn'
        | 'gross'
        | '-gross'
        | 'changedAt'
        | '-changedAt'
      readonly search?: string
      readonly asOf?: string
      readonly invoiceId?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly kind?: 'invoice' | 'creditNote' | readonly ('invoice' | 'creditNote')[]
      readonly state?:
        | 'draft'
        | 'cancelled'
        | 'requested'
        | 'issued'
        | readonly ('draft' | 'cancelled' | 'requested' | 'issued')[]
      readonly settlement?:
        'open' | 'partlySettled' | 'settled' | readonly ('open' | 'partlySettled' | 'settled')[]
      readonly number?: string | readonly string[]
      readonly series?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly correctsInvoiceId?: string | readonly string[]
      readonly overdue?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly issuedOnFrom?: string
      readonly issuedOnTo?: string
      readonly dueOnFrom?: string
      readonly dueOnTo?: string
      readonly grossFrom?: string
      readonly grossTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly invoiceId: string
        readonly kind: 'invoice' | 'creditNote'
        readonly entityId: string
        readonly customerId: string
        readonly state: 'draft' | 'cancelled' | 'requested' | 'issued'
        readonly currency: string
        readonly number: string | null
        readonly series: string | null
        readonly sequence: number | null
        readonly issuedOn: string | null
        readonly dueOn: string | null
        readonly net: number
        readonly tax: number | null
        readonly gross: number | null
        readonly payable: number | null
        readonly settled: number
        readonly credited: number
        readonly settlement: 'open' | 'partlySettled' | 'settled' | null
        readonly buyerCode: string | null
        readonly buyerName: string | null
        readonly buyerPersonId: string | null
        readonly orderNumbers: readonly string[]
        readonly purchaseOrder: string | null
        readonly correctsInvoiceId: string | null
        readonly correctsNumber: string | null
        readonly registerStream: string | null
        readonly registerRevision: number | null
        readonly draftedBy: string
        readonly changedAt: string
        readonly daysLate: number | null
        readonly overdue: boolean
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/invoices/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?:
        'customerId' | 'state' | 'settlement' | 'kind' | 'issuedOnMonth' | 'dueOnMonth' | 'entityId'
      readonly sort?:
        | 'group'
        | '-group'
        | 'count'
        | '-count'
        | 'net'
        | '-net'
        | 'tax'
        | '-tax'
        | 'gross'
        | '-gross'
        | 'settled'
        | '-settled'
      readonly search?: string
      readonly asOf?: string
      readonly invoiceId?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly kind?: 'invoice' | 'creditNote' | readonly ('invoice' | 'creditNote')[]
      readonly state?:
        | 'draft'
        | 'cancelled'
        | 'requested'
        | 'issued'
        | readonly ('draft' | 'cancelled' | 'requested' | 'issued')[]
      readonly settlement?:
        'open' | 'partlySettled' | 'settled' | readonly ('open' | 'partlySettled' | 'settled')[]
      readonly number?: string | readonly string[]
      readonly series?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly correctsInvoiceId?: string | readonly string[]
      readonly overdue?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly issuedOnFrom?: string
      readonly issuedOnTo?: string
      readonly dueOnFrom?: string
      readonly dueOnTo?: string
      readonly grossFrom?: string
      readonly grossTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly group: string | null
        readonly currency: string
        readonly count: number
        readonly net: number | string
        readonly tax: number | string
        readonly gross: number | string
        readonly settled: number | string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/payments': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'bankDate' | '-bankDate' | 'amount' | '-amount' | 'receivedAt' | '-receivedAt'
      readonly search?: string
      readonly asOf?: string
      readonly paymentId?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly bankAccount?: string | readonly string[]
      readonly bankReference?: string | readonly string[]
      readonly bankDateFrom?: string
      readonly bankDateTo?: string
      readonly amountFrom?: string
      readonly amountTo?: string
      readonly receivedAtFrom?: string
      readonly receivedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly paymentId: string
        readonly entityId: string
        readonly customerId: string
        readonly customerCode: string
        readonly bankDate: string
        readonly amount: number
        readonly allocated: number
        readonly currency: string
        readonly bankAccount: string
        readonly bankReference: string
        readonly receivedAt: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/payments/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'customerId' | 'bankDateMonth' | 'bankAccount' | 'entityId'
      readonly sort?:
        'group' | '-group' | 'count' | '-count' | 'amount' | '-amount' | 'allocated' | '-allocated'
      readonly search?: string
      readonly asOf?: string
      readonly paymentId?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly bankAccount?: string | readonly string[]
      readonly bankReference?: string | readonly string[]
      readonly bankDateFrom?: string
      readonly bankDateTo?: string
      readonly amountFrom?: string
      readonly amountTo?: string
      readonly receivedAtFrom?: string
      readonly receivedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly group: string | null
        readonly currency: string
        readonly count: number
        readonly amount: number | string
        readonly allocated: number | string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/unallocated-payments': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'bankDate' | '-bankDate' | 'amount' | '-amount'
      readonly search?: string
      readonly asOf?: string
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly bankDateFrom?: string
      readonly bankDateTo?: string
      readonly amountFrom?: string
      readonly amountTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly paymentId: string
        readonly entityId: string
        readonly customerId: string
        readonly customerCode: string
        readonly bankDate: string
        readonly amount: number
        readonly allocated: number
        readonly currency: string
        readonly bankAccount: string
        readonly bankReference: string
        readonly receivedAt: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/unallocated-payments/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'customerId' | 'bankDateMonth' | 'entityId'
      readonly sort?:
        'group' | '-group' | 'count' | '-count' | 'amount' | '-amount' | 'allocated' | '-allocated'
      readonly search?: string
      readonly asOf?: string
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly currency?: string | readonly string[]
      readonly bankDateFrom?: string
      readonly bankDateTo?: string
      readonly amountFrom?: string
      readonly amountTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly group: string | null
        readonly currency: string
        readonly count: number
        readonly amount: number | string
        readonly allocated: number | string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/open-items': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'dueOn' | '-dueOn' | 'documentOn' | '-documentOn' | 'leftOpen' | '-leftOpen'
      readonly asOf?: string
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly kind?: 'invoice' | 'creditNote' | 'payment' | readonly ('invoice' | 'creditNote' | 'payment')[]
      readonly currency?: string | readonly string[]
      readonly reference?: string | readonly string[]
      readonly overdue?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly dueOnFrom?: string
      readonly dueOnTo?: string
      readonly documentOnFrom?: string
      readonly documentOnTo?: string
      readonly leftOpenFrom?: string
      readonly leftOpenTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly documentId: string
        readonly entityId: string
        readonly customerId: string
        readonly customerCode: string
        readonly currency: string
        readonly kind: 'invoice' | 'creditNote' | 'payment'
        readonly reference: string
        readonly documentOn: string
        readonly dueOn: string
        readonly amount: number
        readonly leftOpen: number
        readonly settledOn: string | null
        readonly daysLate: number | null
        readonly overdue: boolean
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/open-items/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'customerId' | 'kind' | 'dueOnMonth' | 'documentOnMonth' | 'entityId'
      readonly sort?:
        'group' | '-group' | 'count' | '-count' | 'amount' | '-amount' | 'leftOpen' | '-leftOpen'
      readonly asOf?: string
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly kind?: 'invoice' | 'creditNote' | 'payment' | readonly ('invoice' | 'creditNote' | 'payment')[]
      readonly currency?: string | readonly string[]
      readonly reference?: string | readonly string[]
      readonly overdue?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly dueOnFrom?: string
      readonly dueOnTo?: string
      readonly documentOnFrom?: string
      readonly documentOnTo?: string
      readonly leftOpenFrom?: string
      readonly leftOpenTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly group: string | null
        readonly currency: string
        readonly count: number
        readonly amount: number | string
        readonly leftOpen: number | string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/allocations': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'allocatedOn' | '-allocatedOn'
      readonly asOf?: string
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly invoiceId?: string | readonly string[]
      readonly sourceId?: string | readonly string[]
      readonly allocatedOnFrom?: string
      readonly allocatedOnTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly allocationId: string
        readonly invoiceId: string
        readonly entityId: string
        readonly customerId: string
        readonly currency: string
        readonly sourceKind: 'payment' | 'creditNote'
        readonly sourceId: string
        readonly sourceReference: string
        readonly number: string
        readonly amount: number
        readonly vatReleased: number
        readonly allocatedOn: string
        readonly reversedOn: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/allocations/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'customerId' | 'allocatedOnMonth' | 'entityId'
      readonly sort?: 'group' | '-group' | 'count' | '-count' | 'amount' | '-amount'
      readonly asOf?: string
      readonly entityId?: string | readonly string[]
      readonly customerId?: string | readonly string[]
      readonly invoiceId?: string | readonly string[]
      readonly sourceId?: string | readonly string[]
      readonly allocatedOnFrom?: string
      readonly allocatedOnTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly group: string | null
        readonly currency: string
        readonly count: number
        readonly amount: number | string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/invoices/{id}': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly asOf?: string
    }
    readonly answer: {
      readonly invoiceId: string
      readonly kind: 'invoice' | 'creditNote'
      readonly entityId: string
      readonly customerId: string
      readonly state: 'draft' | 'cancelled' | 'requested' | 'issued'
      readonly currency: string
      readonly number: string | null
      readonly series: string | null
      readonly sequence: number | null
      readonly issuedOn: string | null
      readonly dueOn: string | null
      readonly net: number
      readonly tax: number | null
      readonly gross: number | null
      readonly payable: number | null
      readonly settled: number
      readonly credited: number
      readonly settlement: 'open' | 'partlySettled' | 'settled' | null
      readonly buyerCode: string | null
      readonly buyerName: string | null
      readonly buyerPersonId: string | null
      readonly orderNumbers: readonly string[]
      readonly purchaseOrder: string | null
      readonly correctsInvoiceId: string | null
      readonly correctsNumber: string | null
      readonly registerStream: string | null
      readonly registerRevision: number | null
      readonly draftedBy: string
      readonly changedAt: string
    }
  }
  readonly '/api/invoicing/invoices/{id}/history': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/invoices/{id}/story': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
        readonly actorName: string | null
        readonly data: Readonly<Record<string, unknown>> | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/invoices/{id}/comments': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly commentId: string
        readonly document: string
        readonly ordinal: number
        readonly text: string | null
        readonly writtenBy: string
        readonly writtenAt: string
        readonly withdrawnAt: string | null
        readonly authorName: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/payments/{id}': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly asOf?: string
    }
    readonly answer: {
      readonly paymentId: string
      readonly entityId: string
      readonly customerId: string
      readonly customerCode: string
      readonly bankDate: string
      readonly amount: number
      readonly allocated: number
      readonly currency: string
      readonly bankAccount: string
      readonly bankReference: string
      readonly receivedAt: string
    }
  }
  readonly '/api/invoicing/payments/{id}/history': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/payments/{id}/story': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
        readonly actorName: string | null
        readonly data: Readonly<Record<string, unknown>> | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/payments/{id}/comments': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly commentId: string
        readonly document: string
        readonly ordinal: number
        readonly text: string | null
        readonly writtenBy: string
        readonly writtenAt: string
        readonly withdrawnAt: string | null
        readonly authorName: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/invoices/{id}/content': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly personal?: 'true' | 'false'
    }
    readonly answer: {
      readonly number: string
      readonly issuedOn: string
      readonly dueOn?: string
      readonly eventId: string
      readonly content: {}
    }
  }
  readonly '/api/invoicing/invoices/{id}/lines': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'line' | '-line'
      readonly productId?: string | readonly string[]
      readonly orderId?: string | readonly string[]
    }
    readonly answer: {
      readonly items: readonly {
        readonly invoiceId: string
        readonly line: number
        readonly productId: string | null
        readonly productCode: string | null
        readonly name: string
        readonly operation: 'goods' | 'services'
        readonly quantity: number
        readonly unit: string
        readonly unitPrice: number
        readonly discountRate: number
        readonly net: number
        readonly vatCategory: string
        readonly vatRate: number
        readonly account: string
        readonly orderId: string | null
        readonly orderLineId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/ageing': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly at: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly limit?: string
      readonly cursor?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly customerId: string
        readonly customerCode: string
        readonly currency: string
        readonly notDue: number | string
        readonly days1To30: number | string
        readonly days31To60: number | string
        readonly days61To90: number | string
        readonly over90: number | string
        readonly unallocated: number | string
        readonly total: number | string
        readonly items: number
      }[]
      readonly next?: string
    }
  }
  readonly '/api/invoicing/ageing/totals': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly at: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly currency: string
        readonly notDue: number | string
        readonly days1To30: number | string
        readonly days31To60: number | string
        readonly days61To90: number | string
        readonly over90: number | string
        readonly unallocated: number | string
        readonly total: number | string
        readonly items: number
      }[]
    }
  }
  readonly '/api/ledger/accounts': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'account' | '-account' | 'label' | '-label'
      readonly search?: string
      readonly entityId?: string | readonly string[]
      readonly account?: string | readonly string[]
      readonly auxiliary?: string | readonly string[]
      readonly opened?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly closed?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly lettering?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly accountFrom?: string
      readonly accountTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly entityId: string
        readonly account: string
        readonly label: string
        readonly auxiliary: string | null
        readonly lettering: boolean
        readonly opened: boolean
        readonly closed: boolean
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/accounts/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly search?: string
      readonly entityId?: string | readonly string[]
      readonly account?: string | readonly string[]
      readonly auxiliary?: string | readonly string[]
      readonly opened?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly closed?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly lettering?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly accountFrom?: string
      readonly accountTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/journals': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'journal' | '-journal'
      readonly entityId?: string | readonly string[]
      readonly journal?: string | readonly string[]
      readonly kind?:
        | 'sale'
        | 'purchase'
        | 'bank'
        | 'cash'
        | 'operations'
        | 'payroll'
        | 'expenses'
        | 'opening'
        | 'closing'
        | readonly (
            | 'sale'
            | 'purchase'
            | 'bank'
            | 'cash'
            | 'operations'
            | 'payroll'
            | 'expenses'
            | 'opening'
            | 'closing'
          )[]
    }
    readonly answer: {
      readonly items: readonly {
        readonly entityId: string
        readonly journal: string
        readonly label: string
        readonly kind:
          | 'sale'
          | 'purchase'
          | 'bank'
          | 'cash'
          | 'operations'
          | 'payroll'
          | 'expenses'
          | 'opening'
          | 'closing'
        readonly treasuryAccount: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/journals/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly entityId?: string | readonly string[]
      readonly journal?: string | readonly string[]
      readonly kind?:
        | 'sale'
        | 'purchase'
        | 'bank'
        | 'cash'
        | 'operations'
        | 'payroll'
        | 'expenses'
        | 'opening'
        | 'closing'
        | readonly (
            | 'sale'
            | 'purchase'
            | 'bank'
            | 'cash'
            | 'operations'
            | 'payroll'
            | 'expenses'
            | 'opening'
            | 'closing'
          )[]
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/entries': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?:
        'postedOn' | '-postedOn' | 'number' | '-number' | 'total' | '-total' | 'ordinal' | '-ordinal'
      readonly search?: string
      readonly entityId?: string | readonly string[]
      readonly journal?: string | readonly string[]
      readonly fiscalYear?: string | readonly string[]
      readonly moved?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly rule?: string | readonly string[]
      readonly documentReference?: string | readonly string[]
      readonly eventId?: string | readonly string[]
      readonly number?: string | readonly string[]
      readonly postedOnFrom?: string
      readonly postedOnTo?: string
      readonly accountingDateFrom?: string
      readonly accountingDateTo?: string
      readonly totalFrom?: string
      readonly totalTo?: string
      readonly numberFrom?: string
      readonly numberTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly entityId: string
        readonly journal: string
        readonly fiscalYear: string
        readonly number: number
        readonly postedOn: string
        readonly accountingDate: string
        readonly moved: boolean
        readonly documentDate: string
        readonly documentReference: string
        readonly label: string
        readonly currency: string
        readonly total: number | string
        readonly rule: string
        readonly ruleVersion: number
        readonly correctsStream: string | null
        readonly correctsRevision: number | null
        readonly recordedAt: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/entries/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'journal' | 'postedOnMonth' | 'fiscalYear' | 'rule' | 'entityId'
      readonly sort?: 'group' | '-group' | 'count' | '-count' | 'total' | '-total'
      readonly search?: string
      readonly entityId?: string | readonly string[]
      readonly journal?: string | readonly string[]
      readonly fiscalYear?: string | readonly string[]
      readonly moved?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly rule?: string | readonly string[]
      readonly documentReference?: string | readonly string[]
      readonly eventId?: string | readonly string[]
      readonly number?: string | readonly string[]
      readonly postedOnFrom?: string
      readonly postedOnTo?: string
      readonly accountingDateFrom?: string
      readonly accountingDateTo?: string
      readonly totalFrom?: string
      readonly totalTo?: string
      readonly numberFrom?: string
      readonly numberTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly group: string | null
        readonly currency: string
        readonly count: number
        readonly total: number | string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/entry-lines': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'ordinal' | '-ordinal' | 'postedOn' | '-postedOn'
      readonly ordinal?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly account?: string | readonly string[]
      readonly partyId?: string | readonly string[]
      readonly postedOnFrom?: string
      readonly postedOnTo?: string
      readonly amountFrom?: string
      readonly amountTo?: string
      readonly ordinalFrom?: string
      readonly ordinalTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly line: number
        readonly entityId: string
        readonly account: string
        readonly postedOn: string
        readonly amount: number
        readonly label: string
        readonly partyKind: 'customer' | 'supplier' | 'person' | null
        readonly partyId: string | null
        readonly partyCode: string | null
        readonly dueOn: string | null
        readonly vatCategory: string | null
        readonly vatRate: number | null
        readonly vatRegime: 'delivery' | 'debits' | 'receipts' | null
        readonly vatBase: number | null
        readonly vatTax: number | null
        readonly taxPoint: string | null
        readonly axes: unknown | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/entry-lines/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'account' | 'postedOnMonth' | 'entityId'
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly ordinal?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly account?: string | readonly string[]
      readonly partyId?: string | readonly string[]
      readonly postedOnFrom?: string
      readonly postedOnTo?: string
      readonly amountFrom?: string
      readonly amountTo?: string
      readonly ordinalFrom?: string
      readonly ordinalTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/periods': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'period' | '-period'
      readonly entityId?: string | readonly string[]
      readonly state?: 'cut' | 'closed' | readonly ('cut' | 'closed')[]
      readonly agrees?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly periodFrom?: string
      readonly periodTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly entityId: string
        readonly period: string
        readonly state: 'cut' | 'closed'
        readonly cutOrdinal: number | null
        readonly cutAt: string | null
        readonly cutBy: string | null
        readonly closedAt: string | null
        readonly stageVersion: number | null
        readonly agrees: boolean | null
        readonly journals: unknown | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/periods/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly entityId?: string | readonly string[]
      readonly state?: 'cut' | 'closed' | readonly ('cut' | 'closed')[]
      readonly agrees?: 'true' | 'false' | readonly ('true' | 'false')[]
      readonly periodFrom?: string
      readonly periodTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/locks': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'period' | '-period' | 'journal' | '-journal'
      readonly entityId?: string | readonly string[]
      readonly period?: string | readonly string[]
      readonly journal?: string | readonly string[]
      readonly lockedBy?: string | readonly string[]
      readonly periodFrom?: string
      readonly periodTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly entityId: string
        readonly period: string
        readonly journal: string
        readonly lockedBy: string
        readonly lockedAt: string
        readonly lockedOrdinal: number
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/locks/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly entityId?: string | readonly string[]
      readonly period?: string | readonly string[]
      readonly journal?: string | readonly string[]
      readonly lockedBy?: string | readonly string[]
      readonly periodFrom?: string
      readonly periodTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/manual-entries': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly sort?: 'accountingDate' | '-accountingDate' | 'changedAt' | '-changedAt'
      readonly search?: string
      readonly asOf?: string
      readonly entryId?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly state?:
        | 'draft'
        | 'cancelled'
        | 'validated'
        | 'reversed'
        | readonly ('draft' | 'cancelled' | 'validated' | 'reversed')[]
      readonly journal?: string | readonly string[]
      readonly draftedBy?: string | readonly string[]
      readonly accountingDateFrom?: string
      readonly accountingDateTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly entryId: string
        readonly entityId: string
        readonly state: 'draft' | 'cancelled' | 'validated' | 'reversed'
        readonly journal: string
        readonly accountingDate: string
        readonly documentDate: string
        readonly documentReference: string
        readonly label: string
        readonly debit: number | string
        readonly credit: number | string
        readonly lines: unknown
        readonly draftedBy: string
        readonly validatedBy: string | null
        readonly changedAt: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/manual-entries/sums': {
    readonly path: {}
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly groupBy?: 'state' | 'journal' | 'accountingDateMonth' | 'entityId'
      readonly sort?: 'group' | '-group' | 'count' | '-count'
      readonly search?: string
      readonly asOf?: string
      readonly entryId?: string | readonly string[]
      readonly entityId?: string | readonly string[]
      readonly state?:
        | 'draft'
        | 'cancelled'
        | 'validated'
        | 'reversed'
        | readonly ('draft' | 'cancelled' | 'validated' | 'reversed')[]
      readonly journal?: string | readonly string[]
      readonly draftedBy?: string | readonly string[]
      readonly accountingDateFrom?: string
      readonly accountingDateTo?: string
      readonly changedAtFrom?: string
      readonly changedAtTo?: string
    }
    readonly answer: {
      readonly items: readonly { readonly group: string | null; readonly count: number }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/manual-entries/{id}': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly asOf?: string
    }
    readonly answer: {
      readonly entryId: string
      readonly entityId: string
      readonly state: 'draft' | 'cancelled' | 'validated' | 'reversed'
      readonly journal: string
      readonly accountingDate: string
      readonly documentDate: string
      readonly documentReference: string
      readonly label: string
      readonly debit: number | string
      readonly credit: number | string
      readonly lines: unknown
      readonly draftedBy: string
      readonly validatedBy: string | null
      readonly changedAt: string
    }
  }
  readonly '/api/ledger/manual-entries/{id}/history': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/manual-entries/{id}/story': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly actor: string
        readonly permission: string | null
        readonly origin: 'screen' | 'api' | 'import' | 'job' | 'demo' | 'cli'
        readonly reason: string | null
        readonly recordedAt: string
        readonly recordedMax: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId: string | null
        readonly actorName: string | null
        readonly data: Readonly<Record<string, unknown>> | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/manual-entries/{id}/comments': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly commentId: string
        readonly document: string
        readonly ordinal: number
        readonly text: string | null
        readonly writtenBy: string
        readonly writtenAt: string
        readonly withdrawnAt: string | null
        readonly authorName: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/entries/{ordinal}': {
    readonly path: { readonly ordinal: string }
    readonly query: {
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly entry: {
        readonly ordinal: number
        readonly eventId: string
        readonly stream: string
        readonly revision: number
        readonly type: string
        readonly entityId: string
        readonly journal: string
        readonly fiscalYear: string
        readonly number: number
        readonly postedOn: string
        readonly accountingDate: string
        readonly moved: boolean
        readonly documentDate: string
        readonly documentReference: string
        readonly label: string
        readonly currency: string
        readonly total: number | string
        readonly rule: string
        readonly ruleVersion: number
        readonly correctsStream: string | null
        readonly correctsRevision: number | null
        readonly recordedAt: string
      }
      readonly lines: readonly {
        readonly ordinal: number
        readonly line: number
        readonly entityId: string
        readonly account: string
        readonly postedOn: string
        readonly amount: number
        readonly label: string
        readonly partyKind: 'customer' | 'supplier' | 'person' | null
        readonly partyId: string | null
        readonly partyCode: string | null
        readonly dueOn: string | null
        readonly vatCategory: string | null
        readonly vatRate: number | null
        readonly vatRegime: 'delivery' | 'debits' | 'receipts' | null
        readonly vatBase: number | null
        readonly vatTax: number | null
        readonly taxPoint: string | null
        readonly axes: unknown | null
      }[]
      readonly documents: readonly string[]
    }
  }
  readonly '/api/ledger/trial-balance': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly from: string
      readonly to: string
      readonly axis?: string
      readonly value?: string
      readonly asOf?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly lines: readonly {
        readonly account: string
        readonly label: string
        readonly opening: number | string
        readonly debit: number | string
        readonly credit: number | string
        readonly closing: number | string
        readonly notPosted: boolean
      }[]
      readonly opening: number | string
      readonly debit: number | string
      readonly credit: number | string
      readonly closing: number | string
      readonly yearFrom: string
    }
  }
  readonly '/api/ledger/trial-balance/comparison': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly from: string
      readonly to: string
      readonly againstFrom: string
      readonly againstTo: string
      readonly basis?: 'closing' | 'movement'
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly lines: readonly {
        readonly account: string
        readonly label: string
        readonly notPosted: boolean
        readonly value: number | string
        readonly against: number | string
        readonly difference: number | string
        readonly share: number | null
      }[]
      readonly total: {
        readonly value: number | string
        readonly against: number | string
        readonly difference: number | string
        readonly share: number | null
      }
    }
  }
  readonly '/api/ledger/accounts/{account}/lines': {
    readonly path: { readonly account: string }
    readonly query: {
      readonly entityId: string
      readonly from: string
      readonly to: string
      readonly asOf?: string
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly opening: number | string
      readonly items: readonly {
        readonly ordinal: number
        readonly line: number
        readonly account: string
        readonly postedOn: string
        readonly journal: string
        readonly number: number
        readonly documentReference: string
        readonly label: string
        readonly partyId: string | null
        readonly partyCode: string | null
        readonly dueOn: string | null
        readonly moved: boolean
        readonly amount: number
        readonly balance: number | string
        readonly stream: string
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/parties/{id}/lines': {
    readonly path: { readonly id: string }
    readonly query: {
      readonly entityId: string
      readonly from: string
      readonly to: string
      readonly asOf?: string
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
      readonly account?: string
    }
    readonly answer: {
      readonly opening: number | string
      readonly items: readonly {
        readonly ordinal: number
        readonly line: number
        readonly account: string
        readonly postedOn: string
        readonly journal: string
        readonly number: number
        readonly documentReference: string
        readonly label: string
        readonly partyId: string | null
        readonly partyCode: string | null
        readonly dueOn: string | null
        readonly moved: boolean
        readonly amount: number
        readonly balance: number | string
        readonly stream: string
        readonly documentId: string | null
        readonly leftOpen: number | null
        readonly lettering: string | null
      }[]
      readonly next?: string
    }
  }
  readonly '/api/ledger/parties': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly from: string
      readonly to: string
      readonly account?: string
      readonly asOf?: string
      readonly limit?: string
      readonly cursor?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly {
        readonly partyId: string
        readonly partyCode: string
        readonly partyKind: string
        readonly account: string
        readonly opening: number | string
        readonly debit: number | string
        readonly credit: number | string
        readonly closing: number | string
      }[]
      readonly next?: string
      readonly opening: number | string
      readonly debit: number | string
      readonly credit: number | string
      readonly closing: number | string
    }
  }
  readonly '/api/ledger/fiscal-years': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly items: readonly { readonly year: string; readonly startsOn: string; readonly endsOn: string }[]
    }
  }
  readonly '/api/ledger/months': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly year?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly years: readonly { readonly year: string; readonly startsOn: string; readonly endsOn: string }[]
      readonly year?: string
      readonly journals: readonly {
        readonly journal: string
        readonly label: string
        readonly kind: string
      }[]
      readonly months: readonly {
        readonly period: string
        readonly state: 'open' | 'cut' | 'closed'
        readonly cutAt: string | null
        readonly cutByName: string | null
        readonly closedAt: string | null
        readonly agrees: boolean | null
        readonly moved: number
        readonly journals: readonly {
          readonly journal: string
          readonly entries: number
          readonly debit: number | string
          readonly credit: number | string
          readonly firstNumber: number | null
          readonly lastNumber: number | null
          readonly lockedAt: string | null
          readonly lockedByName: string | null
        }[]
      }[]
    }
  }
  readonly '/api/ledger/months/{period}/checklist': {
    readonly path: { readonly period: string }
    readonly query: {
      readonly entityId: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly manualDrafts: number
      readonly invoiceDrafts: number
      readonly invoiceRequests: number
      readonly unallocatedPayments: number
    }
  }
  readonly '/api/ledger/moment': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly asOf?: string
      readonly at?: string
      readonly on?: string
      readonly minPosition?: string
      readonly effects?: 'true' | 'false'
      readonly effectsOf?: string
    }
    readonly answer: {
      readonly ordinal: number
      readonly recordedAt: string | null
      readonly journal: string | null
      readonly documentReference: string | null
      readonly earlier: number | null
      readonly later: number | null
      readonly first: number | null
      readonly last: number | null
    }
  }
  readonly '/api/replay/verify': {
    readonly path: {}
    readonly query: {}
    readonly answer: {
      readonly state: 'none' | 'running' | 'done' | 'failed'
      readonly startedAt?: string
      readonly endedAt?: string
      readonly events?: number
      readonly result?: {
        readonly events: number
        readonly lastEventId?: string
        readonly lastEventHash?: string
        readonly sound: boolean
        readonly checks: readonly {
          readonly name: string
          readonly title: { readonly fr: string; readonly en: string }
          readonly examined: number
          readonly found: number
        }[]
        readonly findings: readonly {
          readonly check: string
          readonly code: string
          readonly severity: 'error' | 'warning'
          readonly where: {}
          readonly found: string
          readonly expected: string
          readonly sentence: { readonly fr: string; readonly en: string }
        }[]
      }
    }
  }
  readonly '/api/replay/as-of/trial-balance': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly from: string
      readonly to: string
      readonly at?: string
    }
    readonly answer: {
      readonly ordinal: number
      readonly eventId?: string
      readonly provisional: boolean
      readonly answer: {}
    }
  }
  readonly '/api/replay/as-of/customers/{id}': {
    readonly path: { readonly id: string }
    readonly query: { readonly at?: string }
    readonly answer: {
      readonly ordinal: number
      readonly eventId?: string
      readonly provisional: boolean
      readonly answer: {}
    }
  }
  readonly '/api/replay/as-of/invoices/{id}': {
    readonly path: { readonly id: string }
    readonly query: { readonly at?: string }
    readonly answer: {
      readonly ordinal: number
      readonly eventId?: string
      readonly provisional: boolean
      readonly answer: {}
    }
  }
  readonly '/api/replay/explain/trial-balance': {
    readonly path: {}
    readonly query: {
      readonly entityId: string
      readonly account: string
      readonly period?: string | string
      readonly at?: string
    }
    readonly answer: {
      readonly ordinal: number
      readonly eventId?: string
      readonly provisional: boolean
      readonly values: Readonly<Record<string, number | string>>
      readonly rows: number
      readonly events: number
      readonly contributions: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly type: string
        readonly stream: string
        readonly revision: number
        readonly recordedAt: string
        readonly actor: string
        readonly permission?: string
        readonly origin: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId?: string
        readonly reason?: string
        readonly documentReference?: string
        readonly label?: string
        readonly amount?: number
        readonly measures: Readonly<
          Record<string, { readonly before: number | string; readonly after: number | string }>
        >
        readonly causes: readonly {
          readonly ordinal: number
          readonly eventId: string
          readonly type: string
          readonly stream: string
          readonly revision: number
          readonly recordedAt: string
          readonly actor: string
          readonly permission?: string
          readonly origin: string
          readonly commandId: string
          readonly correlationId: string
          readonly causationId?: string
          readonly reason?: string
          readonly documentReference?: string
          readonly label?: string
          readonly amount?: number
        }[]
        readonly effects: readonly {
          readonly ordinal: number
          readonly eventId: string
          readonly type: string
          readonly stream: string
          readonly revision: number
          readonly recordedAt: string
          readonly actor: string
          readonly permission?: string
          readonly origin: string
          readonly commandId: string
          readonly correlationId: string
          readonly causationId?: string
          readonly reason?: string
          readonly documentReference?: string
          readonly label?: string
          readonly amount?: number
        }[]
        readonly documents: readonly string[]
      }[]
    }
  }
  readonly '/api/replay/explain/customers/{id}': {
    readonly path: { readonly id: string }
    readonly query: { readonly at?: string }
    readonly answer: {
      readonly ordinal: number
      readonly eventId?: string
      readonly provisional: boolean
      readonly values: Readonly<Record<string, number | string>>
      readonly rows: number
      readonly events: number
      readonly contributions: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly type: string
        readonly stream: string
        readonly revision: number
        readonly recordedAt: string
        readonly actor: string
        readonly permission?: string
        readonly origin: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId?: string
        readonly reason?: string
        readonly documentReference?: string
        readonly label?: string
        readonly amount?: number
        readonly measures: Readonly<
          Record<string, { readonly before: number | string; readonly after: number | string }>
        >
        readonly causes: readonly {
          readonly ordinal: number
          readonly eventId: string
          readonly type: string
          readonly stream: string
          readonly revision: number
          readonly recordedAt: string
          readonly actor: string
          readonly permission?: string
          readonly origin: string
          readonly commandId: string
          readonly correlationId: string
          readonly causationId?: string
          readonly reason?: string
          readonly documentReference?: string
          readonly label?: string
          readonly amount?: number
        }[]
        readonly effects: readonly {
          readonly ordinal: number
          readonly eventId: string
          readonly type: string
          readonly stream: string
          readonly revision: number
          readonly recordedAt: string
          readonly actor: string
          readonly permission?: string
          readonly origin: string
          readonly commandId: string
          readonly correlationId: string
          readonly causationId?: string
          readonly reason?: string
          readonly documentReference?: string
          readonly label?: string
          readonly amount?: number
        }[]
        readonly documents: readonly string[]
      }[]
    }
  }
  readonly '/api/replay/explain/invoices/{id}': {
    readonly path: { readonly id: string }
    readonly query: { readonly at?: string }
    readonly answer: {
      readonly ordinal: number
      readonly eventId?: string
      readonly provisional: boolean
      readonly values: Readonly<Record<string, number | string>>
      readonly rows: number
      readonly events: number
      readonly contributions: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly type: string
        readonly stream: string
        readonly revision: number
        readonly recordedAt: string
        readonly actor: string
        readonly permission?: string
        readonly origin: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId?: string
        readonly reason?: string
        readonly documentReference?: string
        readonly label?: string
        readonly amount?: number
        readonly measures: Readonly<
          Record<string, { readonly before: number | string; readonly after: number | string }>
        >
        readonly causes: readonly {
          readonly ordinal: number
          readonly eventId: string
          readonly type: string
          readonly stream: string
          readonly revision: number
          readonly recordedAt: string
          readonly actor: string
          readonly permission?: string
          readonly origin: string
          readonly commandId: string
          readonly correlationId: string
          readonly causationId?: string
          readonly reason?: string
          readonly documentReference?: string
          readonly label?: string
          readonly amount?: number
        }[]
        readonly effects: readonly {
          readonly ordinal: number
          readonly eventId: string
          readonly type: string
          readonly stream: string
          readonly revision: number
          readonly recordedAt: string
          readonly actor: string
          readonly permission?: string
          readonly origin: string
          readonly commandId: string
          readonly correlationId: string
          readonly causationId?: string
          readonly reason?: string
          readonly documentReference?: string
          readonly label?: string
          readonly amount?: number
        }[]
        readonly documents: readonly string[]
      }[]
    }
  }
  readonly '/api/replay/explain': {
    readonly path: {}
    readonly query: {
      readonly table: string
      readonly key: string | readonly string[]
      readonly measure?: string | readonly string[]
      readonly at?: string
    }
    readonly answer: {
      readonly ordinal: number
      readonly eventId?: string
      readonly provisional: boolean
      readonly values: Readonly<Record<string, number | string>>
      readonly rows: number
      readonly events: number
      readonly contributions: readonly {
        readonly ordinal: number
        readonly eventId: string
        readonly type: string
        readonly stream: string
        readonly revision: number
        readonly recordedAt: string
        readonly actor: string
        readonly permission?: string
        readonly origin: string
        readonly commandId: string
        readonly correlationId: string
        readonly causationId?: string
        readonly reason?: string
        readonly documentReference?: string
        readonly label?: string
        readonly amount?: number
        readonly measures: Readonly<
          Record<string, { readonly before: number | string; readonly after: number | string }>
        >
        readonly causes: readonly {
          readonly ordinal: number
          readonly eventId: string
          readonly type: string
          readonly stream: string
          readonly revision: number
          readonly recordedAt: string
          readonly actor: string
          readonly permission?: string
          readonly origin: string
          readonly commandId: string
          readonly correlationId: string
          readonly causationId?: string
          readonly reason?: string
          readonly documentReference?: string
          readonly label?: string
          readonly amount?: number
        }[]
        readonly effects: readonly {
          readonly ordinal: number
          readonly eventId: string
          readonly type: string
          readonly stream: string
          readonly revision: number
          readonly recordedAt: string
          readonly actor: string
          readonly permission?: string
          readonly origin: string
          readonly commandId: string
          readonly correlationId: string
          readonly causationId?: string
          readonly reason?: string
          readonly documentReference?: string
          readonly label?: string
          readonly amount?: number
        }[]
        readonly documents: readonly string[]
      }[]
    }
  }
}

/** The input of each command, by its name. */
export interface Commands {
  readonly 'organisation.confirmClock': {
    readonly from: string
    readonly previousMaximum: string
    readonly explanation: string
  }
  readonly 'organisation.resumeLog': {
    readonly headEventId: string
    readonly headHash: string
    readonly explanation: string
  }
  readonly 'organisation.registerLegalEntity': {
    readonly entityId: string
    readonly code: string
    readonly name: string
    readonly legalForm: string
    readonly capital?: string
    readonly registration?: string
    readonly siren: string
    readonly siret?: string
    readonly vatNumber: string
    readonly address: {
      readonly line1?: string
      readonly line2?: string
      readonly line3?: string
      readonly postcode?: string
      readonly city: string
      readonly region?: string
      readonly country: string
    }
    readonly electronicAddress?: { readonly scheme: string; readonly id: string }
    readonly currency: string
    readonly timeZone: string
  }
  readonly 'organisation.changeLegalEntity': {
    readonly entityId: string
    readonly name: string
    readonly legalForm: string
    readonly capital?: string
    readonly registration?: string
    readonly siren: string
    readonly siret?: string
    readonly vatNumber: string
    readonly address: {
      readonly line1?: string
      readonly line2?: string
      readonly line3?: string
      readonly postcode?: string
      readonly city: string
      readonly region?: string
      readonly country: string
    }
    readonly electronicAddress?: { readonly scheme: string; readonly id: string }
  }
  readonly 'organisation.chooseVatRegime': {
    readonly entityId: string
    readonly from: string
    readonly services: 'receipts' | 'debits'
  }
  readonly 'organisation.openFiscalYear': {
    readonly entityId: string
    readonly year: string
    readonly startsOn: string
    readonly endsOn: string
  }
  readonly 'organisation.openNumberSeries': {
    readonly entityId: string
    readonly series: string
    readonly documents: readonly ('invoice' | 'creditNote')[]
    readonly journal: string
    readonly pattern: string
  }
  readonly 'organisation.setInvoicingTerms': {
    readonly entityId: string
    readonly paymentTermDays: number
    readonly latePaymentNote: string
    readonly recoveryNote: string
    readonly discountNote: string
    readonly iban?: string
    readonly bic?: string
  }
  readonly 'organisation.registerUser': {
    readonly userId: string
    readonly kind: 'human' | 'program'
    readonly login: string
    readonly name: string
    readonly grants: readonly {
      readonly role:
        'sales' | 'billing' | 'accountant' | 'chiefAccountant' | 'auditor' | 'analyst' | 'administrator'
      readonly entityId: string | 'all'
    }[]
  }
  readonly 'organisation.changeGrants': {
    readonly userId: string
    readonly grants: readonly {
      readonly role:
        'sales' | 'billing' | 'accountant' | 'chiefAccountant' | 'auditor' | 'analyst' | 'administrator'
      readonly entityId: string | 'all'
    }[]
  }
  readonly 'organisation.revokeToken': { readonly userId: string; readonly tokenId: string }
  readonly 'organisation.withdrawInvitation': { readonly userId: string; readonly invitationId: string }
  readonly 'organisation.resetSecondFactor': { readonly userId: string }
  readonly 'organisation.userLeaves': { readonly userId: string; readonly leftOn: string }
  readonly 'organisation.unlinkIdentity': { readonly userId: string }
  readonly 'organisation.requireSecondFactor': {
    readonly roles: readonly (
      'sales' | 'billing' | 'accountant' | 'chiefAccountant' | 'auditor' | 'analyst' | 'administrator'
    )[]
  }
  readonly 'organisation.erasePerson': {
    readonly personId: string
    readonly purposes: readonly ('account' | 'prospecting' | 'contract' | 'accounting')[]
    readonly explanation: string
  }
  readonly 'organisation.recordPersonalDataExport': {
    readonly personId: string
    readonly purposes: readonly ('account' | 'prospecting' | 'contract' | 'accounting')[]
    readonly recipient: string
    readonly what: string
  }
  readonly 'commerce.registerCustomer': {
    readonly customerId: string
    readonly code: string
    readonly party:
      | {
          readonly kind: 'company'
          readonly name: string
          readonly siren?: string
          readonly siret?: string
          readonly vatNumber?: string
          readonly address: {
            readonly line1?: string
            readonly line2?: string
            readonly line3?: string
            readonly postcode?: string
            readonly city: string
            readonly region?: string
            readonly country: string
          }
          readonly electronicAddress?: { readonly scheme: string; readonly id: string }
          readonly invented?: readonly ('siren' | 'siret' | 'vatNumber')[]
        }
      | {
          readonly personId: string
          readonly kind: 'person'
          readonly name: string
          readonly line1?: string
          readonly line2?: string
          readonly line3?: string
          readonly postcode?: string
          readonly city: string
          readonly region?: string
          readonly country: string
          readonly trader?: boolean
          readonly siren?: string
          readonly siret?: string
          readonly vatNumber?: string
          readonly electronicScheme?: string
          readonly electronicId?: string
        }
    readonly deliverTo?:
      | {
          readonly kind: 'company'
          readonly name: string
          readonly address: {
            readonly line1?: string
            readonly line2?: string
            readonly line3?: string
            readonly postcode?: string
            readonly city: string
            readonly region?: string
            readonly country: string
          }
        }
      | {
          readonly personId: string
          readonly kind: 'person'
          readonly name: string
          readonly line1?: string
          readonly line2?: string
          readonly line3?: string
          readonly postcode?: string
          readonly city: string
          readonly country: string
        }
    readonly currency: string
    readonly paymentTermDays?: number
    readonly contacts?: readonly {
      readonly personId: string
      readonly name: string
      readonly role?: string
      readonly email?: string
      readonly phone?: string
      readonly fax?: string
    }[]
  }
  readonly 'commerce.changeCustomer': {
    readonly customerId: string
    readonly party:
      | {
          readonly kind: 'company'
          readonly name: string
          readonly siren?: string
          readonly siret?: string
          readonly vatNumber?: string
          readonly address: {
            readonly line1?: string
            readonly line2?: string
            readonly line3?: string
            readonly postcode?: string
            readonly city: string
            readonly region?: string
            readonly country: string
          }
          readonly electronicAddress?: { readonly scheme: string; readonly id: string }
          readonly invented?: readonly ('siren' | 'siret' | 'vatNumber')[]
        }
      | {
          readonly personId: string
          readonly kind: 'person'
          readonly name: string
          readonly line1?: string
          readonly line2?: string
          readonly line3?: string
          readonly postcode?: string
          readonly city: string
          readonly region?: string
          readonly country: string
          readonly trader?: boolean
          readonly siren?: string
          readonly siret?: string
          readonly vatNumber?: string
          readonly electronicScheme?: string
          readonly electronicId?: string
        }
    readonly deliverTo?:
      | {
          readonly kind: 'company'
          readonly name: string
          readonly address: {
            readonly line1?: string
            readonly line2?: string
            readonly line3?: string
            readonly postcode?: string
            readonly city: string
            readonly region?: string
            readonly country: string
          }
        }
      | {
          readonly personId: string
          readonly kind: 'person'
          readonly name: string
          readonly line1?: string
          readonly line2?: string
          readonly line3?: string
          readonly postcode?: string
          readonly city: string
          readonly country: string
        }
    readonly currency: string
    readonly paymentTermDays?: number
  }
  readonly 'commerce.setCustomerContact': {
    readonly customerId: string
    readonly contact: {
      readonly personId: string
      readonly name: string
      readonly role?: string
      readonly email?: string
      readonly phone?: string
      readonly fax?: string
    }
  }
  readonly 'commerce.removeCustomerContact': { readonly customerId: string; readonly personId: string }
  readonly 'commerce.registerProduct': {
    readonly productId: string
    readonly code: string
    readonly name: string
    readonly description?: string
    readonly family?: string
    readonly operation: 'goods' | 'services'
    readonly unit: string
    readonly vat: 'standard' | 'intermediate' | 'reduced' | 'superReduced' | 'exempt'
    readonly vatExemption?: string
    readonly revenueAccount: string
    readonly unitPrice: number
    readonly currency: string
  }
  readonly 'commerce.changeProduct': {
    readonly productId: string
    readonly name: string
    readonly description?: string
    readonly family?: string
    readonly operation: 'goods' | 'services'
    readonly unit: string
    readonly vat: 'standard' | 'intermediate' | 'reduced' | 'superReduced' | 'exempt'
    readonly vatExemption?: string
    readonly revenueAccount: string
  }
  readonly 'commerce.changeProductPrice': {
    readonly productId: string
    readonly unitPrice: number
    readonly currency: string
  }
  readonly 'commerce.discontinueProduct': { readonly productId: string }
  readonly 'commerce.placeOrder': {
    readonly orderId: string
    readonly entityId: string
    readonly customerId: string
    readonly number: string
    readonly purchaseOrder?: string
    readonly orderedOn: string
    readonly requestedOn?: string
    readonly currency?: string
    readonly lines: readonly {
      readonly lineId: string
      readonly productId?: string
      readonly productCode?: string
      readonly quantity: number
      readonly unitPrice?: number
      readonly discountRate?: number
      readonly axes?: Readonly<Record<string, string>>
    }[]
    readonly freight?: number
    readonly deliverTo?:
      | {
          readonly kind: 'company'
          readonly name: string
          readonly address: {
            readonly line1?: string
            readonly line2?: string
            readonly line3?: string
            readonly postcode?: string
            readonly city: string
            readonly region?: string
            readonly country: string
          }
        }
      | {
          readonly personId: string
          readonly kind: 'person'
          readonly name: string
          readonly line1?: string
          readonly line2?: string
          readonly line3?: string
          readonly postcode?: string
          readonly city: string
          readonly country: string
        }
    readonly salespersonId?: string
  }
  readonly 'commerce.confirmOrder': { readonly orderId: string; readonly confirmedOn: string }
  readonly 'commerce.deliverOrder': {
    readonly orderId: string
    readonly deliveryId: string
    readonly deliveredOn: string
    readonly carrier?: string
    readonly lines: readonly { readonly lineId: string; readonly quantity: number }[]
  }
  readonly 'commerce.cancelOrderRemainder': {
    readonly orderId: string
    readonly cancelledOn: string
    readonly explanation: string
  }
  readonly 'invoicing.draftInvoice': {
    readonly invoiceId: string
    readonly entityId: string
    readonly customerId: string
    readonly currency: string
    readonly orders: readonly {
      readonly orderId: string
      readonly lines?: readonly { readonly lineId: string; readonly quantity: number }[]
      readonly freight?: number
    }[]
    readonly lines?: readonly {
      readonly productId?: string
      readonly productCode?: string
      readonly name: string
      readonly description?: string
      readonly operation: 'goods' | 'services'
      readonly quantity: number
      readonly unit: string
      readonly unitPrice: number
      readonly discountRate: number
      readonly vat: 'standard' | 'intermediate' | 'reduced' | 'superReduced' | 'exempt'
      readonly vatExemption?: string
      readonly revenueAccount: string
      readonly axes?: Readonly<Record<string, string>>
    }[]
    readonly deliverTo?:
      | {
          readonly kind: 'company'
          readonly name: string
          readonly address: {
            readonly line1?: string
            readonly line2?: string
            readonly line3?: string
            readonly postcode?: string
            readonly city: string
            readonly region?: string
            readonly country: string
          }
        }
      | {
          readonly personId: string
          readonly kind: 'person'
          readonly name: string
          readonly line1?: string
          readonly line2?: string
          readonly line3?: string
          readonly postcode?: string
          readonly city: string
          readonly country: string
        }
    readonly buyerReference?: string
    readonly purchaseOrder?: string
    readonly contract?: string
  }
  readonly 'invoicing.changeInvoiceDraft': {
    readonly invoiceId: string
    readonly orders: readonly {
      readonly orderId: string
      readonly lines?: readonly { readonly lineId: string; readonly quantity: number }[]
      readonly freight: number
    }[]
    readonly lines?: readonly {
      readonly productId?: string
      readonly productCode?: string
      readonly name: string
      readonly description?: string
      readonly operation: 'goods' | 'services'
      readonly quantity: number
      readonly unit: string
      readonly unitPrice: number
      readonly discountRate: number
      readonly vat: 'standard' | 'intermediate' | 'reduced' | 'superReduced' | 'exempt'
      readonly vatExemption?: string
      readonly revenueAccount: string
      readonly axes?: Readonly<Record<string, string>>
    }[]
    readonly deliverTo?:
      | {
          readonly kind: 'company'
          readonly name: string
          readonly address: {
            readonly line1?: string
            readonly line2?: string
            readonly line3?: string
            readonly postcode?: string
            readonly city: string
            readonly region?: string
            readonly country: string
          }
        }
      | {
          readonly personId: string
          readonly kind: 'person'
          readonly name: string
          readonly line1?: string
          readonly line2?: string
          readonly line3?: string
          readonly postcode?: string
          readonly city: string
          readonly country: string
        }
    readonly buyerReference?: string
    readonly purchaseOrder?: string
    readonly contract?: string
  }
  readonly 'invoicing.cancelInvoiceDraft': { readonly invoiceId: string; readonly explanation: string }
  readonly 'invoicing.issueInvoice': { readonly invoiceId: string; readonly series?: string }
  readonly 'invoicing.recordPayment': {
    readonly paymentId: string
    readonly entityId: string
    readonly customerId: string
    readonly bankDate: string
    readonly recordedOn?: string
    readonly amount: number
    readonly currency: string
    readonly journal: string
    readonly bankReference: string
  }
  readonly 'invoicing.allocatePayment': {
    readonly allocationId: string
    readonly entityId: string
    readonly customerId: string
    readonly currency: string
    readonly paymentId: string
    readonly settlements: readonly { readonly invoiceId: string; readonly amount: number }[]
    readonly allocatedOn?: string
  }
  readonly 'invoicing.reverseAllocation': {
    readonly allocationId: string
    readonly entityId: string
    readonly customerId: string
    readonly currency: string
    readonly reversedOn?: string
    readonly explanation: string
  }
  readonly 'ledger.adoptChart': { readonly entityId: string; readonly edition: number }
  readonly 'ledger.openAccount': {
    readonly entityId: string
    readonly account: string
    readonly label: string
    readonly auxiliary?: 'customer' | 'supplier' | 'person'
    readonly lettering?: boolean
  }
  readonly 'ledger.closeAccount': { readonly entityId: string; readonly account: string }
  readonly 'ledger.openJournal': {
    readonly entityId: string
    readonly journal: string
    readonly label: string
    readonly kind:
      'sale' | 'purchase' | 'bank' | 'cash' | 'operations' | 'payroll' | 'expenses' | 'opening' | 'closing'
    readonly treasuryAccount?: string
  }
  readonly 'ledger.setPostingAccounts': {
    readonly entityId: string
    readonly from: string
    readonly customers: string
    readonly vatCollected: string
    readonly vatCollectedPending: string
    readonly freight: string
    readonly saleJournal: string
    readonly operationsJournal: string
  }
  readonly 'ledger.lockJournal': {
    readonly entityId: string
    readonly period: string
    readonly journal: string
  }
  readonly 'ledger.unlockJournal': {
    readonly entityId: string
    readonly period: string
    readonly journal: string
    readonly explanation: string
  }
  readonly 'ledger.cutPeriod': { readonly entityId: string; readonly period: string }
  readonly 'ledger.draftManualEntry': {
    readonly entryId: string
    readonly entityId: string
    readonly journal: string
    readonly accountingDate: string
    readonly documentDate: string
    readonly documentReference: string
    readonly label: string
    readonly lines: readonly {
      readonly account: string
      readonly auxiliary?: {
        readonly kind: 'customer' | 'supplier' | 'person'
        readonly id: string
        readonly code: string
      }
      readonly label: string
      readonly side: 'debit' | 'credit'
      readonly amount: number
      readonly dueOn?: string
      readonly vat?: {
        readonly side: 'collected' | 'deductible'
        readonly category: 'S' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'Z'
        readonly rate: number
        readonly regime: 'delivery' | 'debits' | 'receipts'
        readonly base: number
        readonly tax: number
        readonly taxPoint?: string
        readonly exemptionCode?: string
      }
      readonly document?: {
        readonly currency: string
        readonly amount: number
        readonly rate: number
        readonly rateSource: string
        readonly rateDay: string
      }
      readonly quantity?: number
      readonly unit?: string
      readonly axes?: Readonly<Record<string, string>>
    }[]
  }
  readonly 'ledger.changeManualEntry': {
    readonly entryId: string
    readonly journal: string
    readonly accountingDate: string
    readonly documentDate: string
    readonly documentReference: string
    readonly label: string
    readonly lines: readonly {
      readonly account: string
      readonly auxiliary?: {
        readonly kind: 'customer' | 'supplier' | 'person'
        readonly id: string
        readonly code: string
      }
      readonly label: string
      readonly side: 'debit' | 'credit'
      readonly amount: number
      readonly dueOn?: string
      readonly vat?: {
        readonly side: 'collected' | 'deductible'
        readonly category: 'S' | 'E' | 'AE' | 'K' | 'G' | 'O' | 'Z'
        readonly rate: number
        readonly regime: 'delivery' | 'debits' | 'receipts'
        readonly base: number
        readonly tax: number
        readonly taxPoint?: string
        readonly exemptionCode?: string
      }
      readonly document?: {
        readonly currency: string
        readonly amount: number
        readonly rate: number
        readonly rateSource: string
        readonly rateDay: string
      }
      readonly quantity?: number
      readonly unit?: string
      readonly axes?: Readonly<Record<string, string>>
    }[]
  }
  readonly 'ledger.cancelManualEntry': { readonly entryId: string; readonly explanation: string }
  readonly 'ledger.validateManualEntry': { readonly entryId: string }
  readonly 'ledger.reverseManualEntry': {
    readonly entryId: string
    readonly reversedOn: string
    readonly explanation: string
  }
  readonly 'collaboration.writeComment': {
    readonly commentId: string
    readonly about: {
      readonly category: 'customer' | 'product' | 'order' | 'invoice' | 'payment' | 'manualEntry'
      readonly documentId: string
    }
    readonly text: string
  }
  readonly 'collaboration.withdrawComment': {
    readonly commentId: string
    readonly about: {
      readonly category: 'customer' | 'product' | 'order' | 'invoice' | 'payment' | 'manualEntry'
      readonly documentId: string
    }
  }
}
