import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { lazy } from 'react'
import type { ComponentType } from 'react'
import { contexts } from '../contexts.ts'
import type { Screen } from './declaration.ts'
import { parseSearch, stringifySearch } from './link.tsx'
import { Guarded } from './guarded.tsx'
import { Loading, NotFound, ScreenFailed } from './messages.tsx'
import { Shell } from './shell.tsx'

/** The address of a screen's route: a document's ends with its id. */
const addressOf = (screen: Screen): string =>
  screen.kind === 'document' ? `${screen.path}/$id` : screen.path

/** Machinery and declaration of a screen, both loaded when it is opened. */
const componentOf = (screen: Screen): ComponentType => {
  switch (screen.kind) {
    case 'list':
      return lazy(async () => {
        const [{ ListPage }, list] = await Promise.all([import('../lists/list-page.tsx'), screen.load()])
        return { default: () => <ListPage list={list.default} /> }
      })
    case 'document':
      return lazy(async () => {
        const [{ DocumentPage }, document] = await Promise.all([
          import('../documents/document-page.tsx'),
          screen.load(),
        ])
        return { default: () => <DocumentPage document={document.default} /> }
      })
    case 'form':
      return lazy(async () => {
        const [{ FormPage }, form] = await Promise.all([import('../forms/form-page.tsx'), screen.load()])
        return { default: () => <FormPage form={form.default} /> }
      })
    case 'page':
      return lazy(screen.load)
  }
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

const routeOf = (screen: Screen) => {
  const Component = componentOf(screen)
  return createRoute({
    getParentRoute: () => root,
    path: addressOf(screen),
    component: () => (
      <Guarded screen={screen}>
        <Component />
      </Guarded>
    ),
  })
}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazy(() => import('../home/home-page.tsx')),
})

export const makeRouter = () =>
  createRouter({
    routeTree: root.addChildren([home, ...contexts.flatMap(({ screens }) => screens.map(routeOf))]),
    parseSearch,
    stringifySearch: search => stringifySearch(search as never),
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultErrorComponent: ScreenFailed,
    scrollRestoration: true,
  })
