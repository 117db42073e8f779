import { Button } from '@mantine/core'
import type { Problem } from '../api/client.ts'
import { useSay } from '../words/words.ts'
import { isTaken } from './answers.ts'
import type { AnyForm } from './declaration.ts'
import classes from './forms.module.css'
import type { FormAtWork } from './use-form.ts'
import { words } from './words.ts'

/** Says that what stands here was typed before, and offers to begin again; or offers what was begun in another window. */
export const RestoredNote = ({ work }: { readonly work: FormAtWork }) => {
  const say = useSay()
  const { offered } = work
  if (offered)
    return (
      <div className={classes['note']} role="status">
        {say(words.offered)}
        <Button variant="subtle" size="compact-xs" onClick={() => work.takeUp(offered)}>
          {say(words.takeUp)}
        </Button>
        <Button variant="subtle" size="compact-xs" onClick={() => work.leave(offered)}>
          {say(words.beginAnew)}
        </Button>
      </div>
    )
  if (!work.restored) return null
  return (
    <div className={classes['note']} role="status">
      {say(words.restored)}
      <Button variant="subtle" size="compact-xs" onClick={work.startAnew}>
        {say(words.startAnew)}
      </Button>
    </div>
  )
}

/** Whether a field of the form says what is wrong. */
export const standsBeside = ({ errors }: Problem, form: AnyForm): boolean => {
  const names = new Set([...form.fields.map(({ name }) => name), form.lines?.name ?? ''])
  return errors.some(({ field }) => names.has(field) || names.has(field.split('.')[0] ?? ''))
}

/** Why the command is refused, where no field of the form says it. */
export const ProblemNote = ({ work, form }: { readonly work: FormAtWork; readonly form: AnyForm }) => {
  const say = useSay()
  const { problem } = work
  if (!problem || standsBeside(problem, form)) return null
  return (
    <div className={classes['problem']} role="alert">
      {problem.code === 'STALE_REVISION'
        ? say(words.stale)
        : isTaken(problem)
          ? say(words.taken)
          : problem.message}
    </div>
  )
}
