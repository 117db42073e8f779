import type { Danger } from '../port.ts'

/** From when it is told that a server does not answer: a link that is lost and found again is no outage. */
export const AWAY_MS_MAX = 5_000

/** Whether the server answers at all. The begin and the end of a time in which it does not are told once each. */
export class Outage {
  private readonly server: string
  private readonly told: (danger: Danger) => void
  private readonly awayMsMax: number
  private since: number | undefined
  private isTold = false

  constructor(server: string, told: (danger: Danger) => void, awayMsMax: number) {
    this.server = server
    this.told = told
    this.awayMsMax = awayMsMax
  }

  answered(): void {
    this.since = undefined
    if (!this.isTold) return
    this.isTold = false
    this.told(back(this.server))
  }

  failed(): void {
    const now = performance.now()
    this.since ??= now
    if (this.isTold || now - this.since < this.awayMsMax) return
    this.isTold = true
    this.told(away(this.server))
  }
}

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
