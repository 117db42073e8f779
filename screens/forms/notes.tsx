import { Button } from '@mantine/core'
import { useSay } from '../words/words.ts'
import type { AnyForm } from './declaration.ts'
import classes from './forms.module.css'
import type { FormAtWork } from './use-form.ts'
import { words } from './words.ts'

/** Says that what stands here was typed before, and offers to begin again. */
export const RestoredNote = ({ work }: { readonly work: FormAtWork }) => {
  const say = useSay()
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

/** Why the command is refused, where no field of the form says it. */
export const ProblemNote = ({ work, form }: { readonly work: FormAtWork; readonly form: AnyForm }) => {
  const say = useSay()
  const { problem } = work
  if (!problem) return null
  const names = new Set([...form.fields.map(({ name }) => name), form.lines?.name ?? ''])
  const beside = problem.errors.some(({ field }) => names.has(field) || names.has(field.split('.')[0] ?? ''))
  if (beside) return null
  return (
    <div className={classes['problem']} role="alert">
      {problem.code === 'STALE_REVISION' ? say(words.stale) : problem.message}
    </div>
  )
}
