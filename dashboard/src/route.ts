/** The parsed address. Each page and each of its items can be linked to, and Back works. */
export interface Route {
  /** Path of the page; empty for the first one. */
  readonly page: string
  /** The item that is open on the page, such as the visit of a case. */
  readonly item: string | undefined
}

const PAGE = /^#\/([^/]*)(?:\/(.+))?$/

export function pageHref(page: string, item?: string): string {
  return item === undefined ? `#/${page}` : `#/${page}/${encodeURIComponent(item)}`
}

export const CUSTOMERS = 'customers'
const FIRST_TAB = 'overview'

/** Returns the address of a customer, or of one of the customer's tabs. */
export function customerHref(customerId: string, tab?: string): string {
  // An id with a slash could end like the address of a tab, so its tab is always written.
  const shown = tab ?? (customerId.includes('/') ? FIRST_TAB : undefined)
  return shown === undefined ? pageHref(CUSTOMERS, customerId) : `${pageHref(CUSTOMERS, customerId)}/${shown}`
}

/** Parses an address. One that names no page keeps what is shown. */
export function routeOf(hash: string, shown: Route): Route {
  if (hash === '') return { page: '', item: undefined }
  const [, page, item] = PAGE.exec(hash) ?? []
  if (page === undefined) return shown
  return { page, item: item === undefined ? undefined : decoded(item) }
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
