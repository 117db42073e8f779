import { Button, TextInput } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { Dialog } from '../frame/dialogs.tsx'
import { dictionary, useSay } from '../words/words.ts'
import classes from './organisation.module.css'

const words = dictionary('organisation.once', {
  copy: { fr: 'Copier', en: 'Copy' },
  copied: { fr: 'Copié', en: 'Copied' },
})

interface Props {
  readonly title: string
  readonly hint: string
  readonly secret: string
  readonly onClose: () => void
}

/** A secret that is told this once: to be copied, and then gone. */
export const OnceShown = ({ title, hint, secret, onClose }: Props) => {
  const say = useSay()
  const clipboard = useClipboard()
  return (
    <Dialog opened title={title} onClose={onClose}>
      <p className={classes['hint']}>{hint}</p>
      <div className={classes['once']}>
        <TextInput
          aria-label={title}
          readOnly
          value={secret}
          data-autofocus
          onFocus={event => event.currentTarget.select()}
        />
        <Button onClick={() => clipboard.copy(secret)}>
          {say(clipboard.copied ? words.copied : words.copy)}
        </Button>
      </div>
    </Dialog>
  )
}
