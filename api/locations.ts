/** Where the document of a stream is read, by the stream's category. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  customer: '/api/commerce/customers/',
  product: '/api/commerce/products/',
  order: '/api/commerce/orders/',
  invoice: '/api/invoicing/invoices/',
}

/** The address of the document that a stream is about, or undefined where it has none. */
export const locationOf = (stream: string): string | undefined => {
  const dash = stream.indexOf('-')
  const path = DOCUMENTS[stream.slice(0, dash)]
  return path && `${path}${encodeURIComponent(stream.slice(dash + 1))}`
}
