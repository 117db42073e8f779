import { MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Problem } from '../api/client.ts'
import { useSay } from '../words/words.ts'
import { makeRouter } from './router.tsx'
import { cssVariables, theme } from './theme.ts'
import { words } from './words.ts'

const TRIES_MAX = 2

/** What was refused is refused again; the rest may be an accident. */
const retry = (failures: number, error: Error): boolean =>
  !(error instanceof Problem && error.status < 500) && failures < TRIES_MAX

const makeClient = (): QueryClient =>
  new QueryClient({
    // Whether the program answers is our own question: a request waits until it does.
    defaultOptions: { queries: { staleTime: 30_000, retry, networkMode: 'always' } },
  })

/** A message is closed by a button, which is called something. */
const withNames = (close: string) =>
  mergeThemeOverrides(theme, {
    components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } } },
  })

export const App = ({ nonce }: { readonly nonce: string }) => {
  const [client] = useState(makeClient)
  const [router] = useState(makeRouter)
  const close = useSay()(words.close)
  return (
    <MantineProvider
      theme={useMemo(() => withNames(close), [close])}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={client}>
        <Notifications position="bottom-right" limit={4} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
