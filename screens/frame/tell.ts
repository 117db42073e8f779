import { notifications } from '@mantine/notifications'

/** Says in a corner, for a while, what was done, or what went wrong. */
export const tell = (message: string, tone: 'done' | 'wrong' = 'done'): void =>
  void notifications.show({ message, color: tone === 'done' ? 'petrol' : 'red' })
