import type { Danger } from '../port.ts'

/** From when it is told that a server does not answer: a link that is lost and found again is no outage. */
export const AWAY_MS_MAX = 5_000

/**
 * How long a failure says something of the present: longer than an append that is under way takes to fail again. Who is
 * not ready may be asked for nothing any more, and would otherwise never find out that appends are taken again.
 */
const FAILURE_HOLDS_MS = 10_000

/** What a server is asked for. */
export type Act = 'read' | 'append'

interface Failing {
  readonly since: number
  readonly last: number
}

/**
 * Whether the server answers, reads and appends each by themselves: one that answers every read may take no append. The
 * begin and the end of a time in which it does not are told once each; that it answers nothing is more than that it
 * takes no appends, and is told on top of it.
 */
export class Outage {
  private readonly server: string
  private readonly told: (danger: Danger) => void
  private readonly awayMsMax: number
  private readonly failing = new Map<Act, Failing>()
  private toldOf: Act | undefined

  constructor(server: string, told: (danger: Danger) => void, awayMsMax: number) {
    this.server = server
    this.told = told
    this.awayMsMax = awayMsMax
  }

  answered(act: Act): void {
    this.failing.delete(act)
    if (this.toldOf !== act) return
    // What was appended meanwhile failed for the same reason.
    this.failing.clear()
    this.toldOf = undefined
    this.told(act === 'read' ? back(this.server) : takesAppends(this.server))
  }

  /** @param tooLate whether the server said that the time for it was over when it arrived */
  failed(act: Act, tooLate: boolean): void {
    const failing = this.note(act)
    if (!this.isLong(failing) || this.toldOf === act || this.toldOf === 'read') return
    this.toldOf = act
    const danger = act === 'read' ? away : tooLate ? clocksApart : takesNoAppends
    this.told(danger(this.server))
  }

  /** Whether appends have failed for long, and lately, without one success. */
  get appendsFail(): boolean {
    const failing = this.failing.get('append')
    return failing !== undefined && this.isLong(failing) && holds(failing)
  }

  private note(act: Act): Failing {
    const last = performance.now()
    const before = this.failing.get(act)
    const failing = { since: before && holds(before) ? before.since : last, last }
    this.failing.set(act, failing)
    return failing
  }

  private isLong({ since, last }: Failing): boolean {
    return last - since >= this.awayMsMax
  }
}

const holds = ({ last }: Failing): boolean => performance.now() - last < FAILURE_HOLDS_MS

const away = (server: string): Danger => ({
  code: 'EVENTSTORE_AWAY',
  sentence: {
    en: `The server ${server} does not answer. Nothing is recorded until it does; the program goes on by itself then.`,
    fr: `Le serveur ${server} ne répond pas. Rien n’est enregistré tant qu’il ne répond pas ; le programme reprendra alors de lui-même.`,
  },
})
const back = (server: string): Danger => ({
  code: 'EVENTSTORE_BACK',
  sentence: {
    en: `The server ${server} answers again.`,
    fr: `Le serveur ${server} répond de nouveau.`,
  },
})
const takesNoAppends = (server: string): Danger => ({
  code: 'EVENTSTORE_NO_APPENDS',
  sentence: {
    en: `The server ${server} acknowledges no appends. Nothing is recorded until it does; the program goes on by itself then.`,
    fr: `Le serveur ${server} ne confirme aucun ajout. Rien n’est enregistré tant qu’il n’en confirme pas ; le programme reprendra alors de lui-même.`,
  },
})
const clocksApart = (server: string): Danger => ({
  code: 'EVENTSTORE_CLOCK',
  sentence: {
    en: `The server ${server} says of every append that it came too late: most likely its clock and that of this machine stand more than half a minute apart. Nothing is recorded until they are set; the program goes on by itself then.`,
    fr: `Le serveur ${server} dit de chaque ajout qu’il arrive trop tard : son horloge et celle de cette machine ont sans doute plus d’une demi-minute d’écart. Rien n’est enregistré tant qu’elles ne sont pas réglées ; le programme reprendra alors de lui-même.`,
  },
})
const takesAppends = (server: string): Danger => ({
  code: 'EVENTSTORE_APPENDS_BACK',
  sentence: {
    en: `The server ${server} acknowledges appends again.`,
    fr: `Le serveur ${server} confirme de nouveau les ajouts.`,
  },
})
