import { useEffect, useState } from 'preact/hooks'

const CUSTOMER = /^#\/customers\/(.+)$/

export function customerAddress(customerId: string): string {
  return `#/customers/${encodeURIComponent(customerId)}`
}

/** The customer that the address names, if any: so that a customer can be linked to, and Back closes it. */
export function useCustomerRoute(): string | undefined {
  const [customerId, setCustomerId] = useState(currentCustomer)
  useEffect(() => {
    const change = () => setCustomerId(currentCustomer())
    window.addEventListener('hashchange', change)
    return () => window.removeEventListener('hashchange', change)
  }, [])
  return customerId
}

export function closeCustomer(): void {
  history.pushState(null, '', location.pathname)
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

function currentCustomer(): string | undefined {
  const [, id] = CUSTOMER.exec(location.hash) ?? []
  try {
    return id === undefined ? undefined : decodeURIComponent(id)
  } catch {
    return undefined
  }
}
