import type { Danger } from '../port.ts'
import { AccessLost, StoreUnavailable } from '../port.ts'
import { asStoreError, isDenied, typeOf } from './failures.ts'
import type { Act, Outage } from './outage.ts'

/**
 * Whether the server lets this program in. A password or a right that is changed while it runs is an alarm, once: each
 * request meets it anew, and the operator would hear of nothing else. It ends by itself where the server lets it in again.
 */
export class Access {
  private readonly server: string
  private readonly user: string
  private readonly endangered: (danger: Danger) => void
  private readonly outage: Outage
  private readonly denied = new Set<Act>()
  /** Before, it is a start that is refused, which says so itself. */
  private wasGranted = false

  constructor(server: string, user: string, endangered: (danger: Danger) => void, outage: Outage) {
    this.server = server
    this.user = user
    this.endangered = endangered
    this.outage = outage
  }

  /** Passes on what the server answered. */
  async watch<T>(act: Act, work: Promise<T>): Promise<T> {
    try {
      const answer = await work
      this.wasGranted = true
      this.denied.delete(act)
      this.outage.answered(act)
      return answer
    } catch (error) {
      this.failed(act, error)
      throw error
    }
  }

  private failed(act: Act, error: unknown): void {
    if (error instanceof AccessLost || isDenied(error)) this.deny(act)
    else if (!(asStoreError(error) instanceof StoreUnavailable)) this.refused(act, error)
    else if (this.wasGranted) this.outage.failed(act, isTooLate(error))
  }

  /** A server that refuses what it was asked for has answered. */
  private refused(act: Act, error: unknown): void {
    if (typeOf(error) !== undefined) this.outage.answered(act)
  }

  private deny(act: Act): void {
    const known = this.denied.size > 0
    this.denied.add(act)
    if (this.wasGranted && !known) this.endangered(accessLost(this.server, this.user))
  }
}

/** The log itself waits less long for an append than the server is told to. */
const isTooLate = (error: unknown): boolean =>
  typeOf(error instanceof StoreUnavailable ? error.cause : error) === 'deadline-exceeded'

const accessLost = (server: string, user: string): Danger => ({
  code: 'EVENTSTORE_ACCESS',
  sentence: {
    en: `The server ${server} does not let ${user} in any more: password or rights were changed while the program runs. Nothing is recorded until they are again what they were; with another password, start the program with it.`,
    fr: `Le serveur ${server} ne laisse plus entrer ${user} : mot de passe ou droits ont changé pendant que le programme tourne. Rien n’est enregistré tant qu’ils ne sont pas redevenus ce qu’ils étaient ; avec un autre mot de passe, redémarrez le programme avec celui-ci.`,
  },
})
