import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Problem } from '../api/client.ts'
import { useSay } from '../words/words.ts'
import classes from './messages.module.css'
import { words } from './words.ts'

/** What stands where a screen should be: that it is coming, that there is none, or why it does not come. */

export const Message = ({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint?: string | undefined
  readonly children?: ReactNode
}) => (
  <div className={classes['message']} role="status">
    <h2>{title}</h2>
    {hint !== undefined && <p>{hint}</p>}
    {children}
  </div>
)

export const Loading = () => {
  const say = useSay()
  return (
    <div className={classes['loading']} role="status">
      <span className="hidden-text">{say(words.loading)}</span>
    </div>
  )
}

export const NotFound = () => {
  const say = useSay()
  return <Message title={say(words.notFound)} hint={say(words.notFoundHint)} />
}

/** The address has the shape of a document's, and none has this id. */
export const NoDocument = () => {
  const say = useSay()
  return <Message title={say(words.noDocument)} hint={say(words.noDocumentHint)} />
}

export const NotYours = () => {
  const say = useSay()
  return <Message title={say(words.notYours)} hint={say(words.notYoursHint)} />
}

/** Why something could not be read, and the way to try again. */
export const Failed = ({ error, again }: { readonly error: Error; readonly again: () => void }) => {
  const say = useSay()
  const title = error instanceof Problem && error.title !== '' ? error.title : say(words.failed)
  return (
    <Message title={title} hint={error.message}>
      <Button variant="default" onClick={again}>
        {say(words.tryAgain)}
      </Button>
    </Message>
  )
}

export const ScreenFailed = ({ error, reset }: ErrorComponentProps) => (
  <Failed error={error instanceof Error ? error : new Error(String(error))} again={reset} />
)
