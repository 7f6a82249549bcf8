import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { CustomerTab } from './customer-tab.ts'
import { customerTabs } from './customer-tabs.ts'
import { t } from '../words/words.ts'

interface CustomerTabsProps {
  readonly tab: CustomerTab
  readonly hrefOf: (tab: CustomerTab) => string
}

/** The tabs of a customer. Each has an address, so that Back returns to the one before. */
export function CustomerTabs({ tab, hrefOf }: CustomerTabsProps) {
  const list = useRef<HTMLDivElement>(null)
  const show = (one: CustomerTab) => void (location.hash = hrefOf(one))

  function move(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = customerTabs.at((customerTabs.indexOf(tab) + step) % customerTabs.length)!
    show(next)
    list.current?.querySelector<HTMLElement>(`#${idOf(next)}`)?.focus()
  }

  return (
    <div ref={list} class="tabs" role="tablist" aria-label={t('customers.aboutThisCustomer')}>
      {customerTabs.map((one) => (
        <button
          key={one.path}
          id={idOf(one)}
          type="button"
          role="tab"
          aria-selected={one === tab}
          aria-controls="tab-panel"
          tabIndex={one === tab ? 0 : -1}
          onClick={() => show(one)}
          onKeyDown={move}
        >
          {t(one.title)}
        </button>
      ))}
    </div>
  )
}

export function TabPanel({ tab, children }: { readonly tab: CustomerTab; readonly children: ComponentChildren }) {
  return (
    <div id="tab-panel" class="tab-panel" role="tabpanel" aria-labelledby={idOf(tab)} tabIndex={0}>
      {children}
    </div>
  )
}

function idOf({ path }: CustomerTab): string {
  return `tab-${path}`
}
