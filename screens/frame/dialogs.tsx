import { Drawer, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSay } from '../words/words.ts'
import classes from './dialogs.module.css'
import { words } from './words.ts'

/**
 * Dialogs over a screen and beside it. Their heading is a plain element: the library's own would be a second banner of
 * the page to those who hear it.
 */

interface Props {
  readonly opened: boolean
  readonly title: string
  /** Absent: it stays until what it asks for is done. */
  readonly onClose?: () => void
  readonly children: ReactNode
}

export const Dialog = ({ opened, title, onClose, children }: Props) => {
  const say = useSay()
  return (
    <Modal.Root opened={opened} onClose={onClose ?? (() => undefined)} centered={onClose === undefined}>
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes['heading']}>
          <Modal.Title>{title}</Modal.Title>
          {onClose && <Modal.CloseButton aria-label={say(words.close)} />}
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

export const SideDialog = ({
  opened,
  title,
  onClose = () => undefined,
  width,
  children,
}: Props & { readonly width: number }) => {
  const say = useSay()
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size={width}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes['heading']}>
          <Drawer.Title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={say(words.close)} />
        </div>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
