import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './frame/global.css'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './frame/app.tsx'

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? ''
// What locks the page behind a dialog writes a style tag of its own.
setNonce(nonce)

const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
createRoot(root).render(<App nonce={nonce} />)
