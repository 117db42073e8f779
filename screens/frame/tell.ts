import { notifications } from '@mantine/notifications'
import { say } from '../words/words.ts'
import { words } from './words.ts'

/** Says in a corner, for a while, what was done, or what went wrong. */
export const tell = (message: string, tone: 'done' | 'wrong' = 'done'): void =>
  void notifications.show({
    message,
    color: tone === 'done' ? 'petrol' : 'red',
    closeButtonProps: { 'aria-label': say(words.close) },
  })
