import type { ClockRefused } from '../event-store/clock.ts'
import type { Sentence } from './definition.ts'

/** What a person does about a clock that the log does not take: set it, or vouch for it (PROTOCOL 10). */
export const clockRefused = ({ reason, recordedAt, against }: ClockRefused): Sentence =>
  reason === 'offServer'
    ? {
        fr: `L'horloge de cette machine (${recordedAt}) s'écarte de celle du serveur de base de données (${against}) : mettez à l'heure celle qui se trompe.`,
        en: `This machine's clock (${recordedAt}) is too far from the database server's (${against}): set the one that is wrong.`,
      }
    : {
        fr: `L'horloge (${recordedAt}) est trop loin du dernier instant du journal (${against}). Si elle est juste, un administrateur la confirme par « organisation.confirmClock » : « from » ${recordedAt}, « previousMaximum » ${against}.`,
        en: `The clock (${recordedAt}) is too far from the log's last instant (${against}). If it is right, an administrator confirms it by "organisation.confirmClock": "from" ${recordedAt}, "previousMaximum" ${against}.`,
      }
