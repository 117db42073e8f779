import type { ComponentType } from 'react'
import type { CommandName } from '../api/client.ts'
import { mayReadIn, maySendIn } from '../api/session.ts'
import type { Area, Me } from '../api/session.ts'
import type { AnyDocument } from '../documents/declaration.ts'
import type { StoryEvent } from '../documents/story.ts'
import type { AnyForm } from '../forms/declaration.ts'
import type { ContextHome } from '../home/declaration.ts'
import type { AnyList } from '../lists/declaration.ts'
import type { Reference } from '../shapes/reference.tsx'
import type { AnyRow } from '../shapes/row.ts'
import type { Text } from '../words/words.ts'
import type { Finder } from './finder.ts'

/**
 * What a context shows, declared: its screens with their addresses, and for each what loads it. The frame makes routes,
 * navigation, shortcuts and the command palette of it; what a screen is made of is loaded when it is opened.
 */

interface Addressed {
  /** Its address: `/commerce/orders`. A document adds its id, a form its name. */
  readonly path: string
  readonly label: Text
  /** Who may open it: readers of this area, */
  readonly area?: Area
  /** and who may send this command. */
  readonly command?: CommandName
  /** It is about one legal entity: where none is chosen it asks for which, and says it. */
  readonly ofOneEntity?: true
  /** Two keys, one after the other, that open it: `g o`. */
  readonly shortcut?: string
}

type Loaded<T> = () => Promise<{ readonly default: T }>

export interface ListScreen extends Addressed {
  readonly kind: 'list'
  readonly load: Loaded<AnyList>
}
export interface DocumentScreen extends Addressed {
  readonly kind: 'document'
  readonly load: Loaded<AnyDocument>
  /** The category of its streams, where other documents, entries and comments name it, and what its id stands for. */
  readonly named?: { readonly category: string; readonly as: Loaded<Reference> }
}
export interface FormScreen extends Addressed {
  readonly kind: 'form'
  readonly load: Loaded<AnyForm>
}
/** What is neither list, document nor form: a page of its own. */
export interface PageScreen extends Addressed {
  readonly kind: 'page'
  readonly load: Loaded<ComponentType>
  /** Opened from other pages only: it needs to be told of what. */
  readonly hidden?: true
}
export type Screen = ListScreen | DocumentScreen | FormScreen | PageScreen

/** What a history leads to besides documents: shown among their links, where an event of it says so. */
export interface Leads {
  readonly from: (event: StoryEvent) => boolean
  readonly load: Loaded<ComponentType<{ readonly events: readonly StoryEvent[] }>>
}

export interface Context {
  readonly name: string
  readonly label: Text
  /** What finds its documents by what is typed into the palette. */
  readonly finders?: Loaded<readonly Finder[]>
  /** Streams of documents that an event names, of this context's making: `order-<id>`. */
  readonly links?: (data: AnyRow) => readonly string[]
  readonly leads?: Leads
  /** What it shows of itself on the first page. */
  readonly home?: Loaded<ContextHome>
  readonly screens: readonly Screen[]
}

/** What the navigation lists: documents are opened from lists and links. */
export const inNavigation = (screen: Screen): boolean =>
  screen.kind === 'list' || (screen.kind === 'page' && screen.hidden !== true)

/** Whether somebody may open a screen, in one legal entity where it is about one, or else in any. */
export const mayOpen = (
  me: Me,
  { area, command, ofOneEntity }: Screen,
  entityId: string | undefined,
): boolean => {
  const where = ofOneEntity ? entityId : undefined
  return mayReadIn(me, area, where) && (command === undefined || maySendIn(me, command, where))
}
