import type { ChainFault } from '../../event-store/chain.ts'
import type { LogsDiffer } from '../../event-store/comparison.ts'
import { StartRefused } from '../../event-store/errors.ts'
import type { StoredEvent } from '../../event-store/port.ts'

/** Why a log is not moved, or not opened again, until a person has looked. Nothing was changed then that a repeat would not take up. */

const told = ({ id, stream, revision }: StoredEvent): string => `${id} (${stream} ${revision})`

export const refusals = {
  movedElsewhere: (target: string): StartRefused =>
    new StartRefused(
      'LOG_MOVED_ELSEWHERE',
      { target },
      {
        en: `The log is being moved to ${target}, and only there: finish that copy, or give it up by "grandlivre log reopen".`,
        fr: `Le journal est en cours de déplacement vers ${target}, et vers nul autre lieu : achevez cette copie, ou renoncez-y par « grandlivre log reopen ».`,
      },
    ),

  targetHoldsAll: (target: string): StartRefused =>
    new StartRefused(
      'TARGET_HOLDS_ALL',
      { target },
      {
        en: `${target} holds the last event of the log already: it is the log itself, or a copy that was made by other means. Name an empty place.`,
        fr: `${target} contient déjà le dernier événement du journal : c'est le journal lui-même, ou une copie faite par un autre moyen. Indiquez un lieu vide.`,
      },
    ),

  targetDiffers: (target: string, { ordinal, source, target: there }: LogsDiffer): StartRefused =>
    new StartRefused(
      'TARGET_DIFFERS',
      { target, ordinal, expected: source.id, found: there.id },
      {
        en: `${target} is no copy of this log: event ${ordinal} there is ${told(there)}, and here ${told(source)}. Name an empty place.`,
        fr: `${target} n'est pas une copie de ce journal : l'événement ${ordinal} y est ${told(there)}, et ici ${told(source)}. Indiquez un lieu vide.`,
      },
    ),

  targetHoldsMore: (target: string, more: StoredEvent): StartRefused =>
    new StartRefused(
      'TARGET_HOLDS_MORE',
      { target, found: more.id },
      {
        en: `${target} holds more than this log: its next event is ${told(more)}. Was the place of source and target mistaken for one another?`,
        fr: `${target} contient plus que ce journal : son événement suivant est ${told(more)}. Source et destination ont-elles été confondues ?`,
      },
    ),

  targetTakesNot: (target: string, event: StoredEvent): StartRefused =>
    new StartRefused(
      'TARGET_TAKES_NOT',
      { target, event: event.id },
      {
        en: `${target} does not take event ${told(event)}: another program writes there, or the event does not follow the one before it in its stream ("grandlivre replay verify" tells).`,
        fr: `${target} n'accepte pas l'événement ${told(event)} : un autre programme y écrit, ou l'événement ne suit pas celui qui le précède dans son flux (« grandlivre replay verify » le dit).`,
      },
    ),

  chainBroken: ({ stream, revision, eventId }: ChainFault): StartRefused =>
    new StartRefused(
      'LOG_NOT_SOUND',
      { stream, revision, eventId },
      {
        en: `Event ${eventId} (${stream} ${revision}) is not as it was recorded, in source and target alike: a log is moved only whole. "grandlivre replay verify" says what is wrong.`,
        fr: `L'événement ${eventId} (${stream} ${revision}) n'est pas tel qu'il a été consigné, à la source comme à destination : un journal n'est déplacé qu'intègre. « grandlivre replay verify » dit ce qui ne va pas.`,
      },
    ),

  recordedAfterTheMove: (source: string, late: StoredEvent): StartRefused =>
    new StartRefused(
      'LOG_WRITTEN_AFTER_MOVE',
      { source, event: late.id },
      {
        en: `${source} took event ${told(late)} after the log had been opened elsewhere: a program that was believed dead recorded it there alone. What it and those behind it say must be recorded again.`,
        fr: `${source} a reçu l'événement ${told(late)} après l'ouverture du journal ailleurs : un programme que l'on croyait arrêté ne l'a consigné que là. Ce qu'il dit, et ceux qui le suivent, est à consigner de nouveau.`,
      },
    ),

  notAtTheEnd: (source: string): StartRefused =>
    new StartRefused(
      'LOG_STILL_WRITTEN',
      { source },
      {
        en: `Something was still recorded at ${source} after every program had ended: find out what writes there, stop it, and repeat.`,
        fr: `${source} a encore reçu un événement alors que tous les programmes avaient pris fin : trouvez ce qui y écrit, arrêtez-le, et recommencez.`,
      },
    ),

  moveEnded: (place: string): StartRefused =>
    new StartRefused(
      'LOG_OPENED_ELSEWHERE',
      { place },
      {
        en: `The log is open at ${place}, or about to be: it is opened at one place only.`,
        fr: `Le journal est ouvert à ${place}, ou sur le point de l'être : il ne s'ouvre qu'en un seul lieu.`,
      },
    ),

  notTheSource: (source: string): StartRefused =>
    new StartRefused(
      'NOT_THE_SOURCE',
      { source },
      {
        en: `This move began at ${source}: there it goes on, and there it is given up; nowhere else is it known that nothing is missing.`,
        fr: `Ce déplacement a commencé à ${source} : c'est de là qu'il se poursuit, et là qu'on y renonce ; nulle part ailleurs on ne sait que rien ne manque.`,
      },
    ),

  moveUnknown: (): StartRefused =>
    new StartRefused(
      'MOVE_UNKNOWN',
      {},
      {
        en: 'Nothing is known of a move that did not end: the log goes on where it was moved to.',
        fr: "Aucun déplacement inachevé n'est connu : le journal continue là où il a été déplacé.",
      },
    ),
} as const
