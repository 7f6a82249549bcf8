import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl, type Customer } from '../api.ts'
import type { LiveBatch } from '../live.ts'
import { Failure } from '../parts.tsx'
import { SimulationBadge } from '../simulation.tsx'
import { useResource } from '../use-resource.ts'
import type { CustomerTab } from './customer-tab.ts'
import { customerTabs } from './customer-tabs.ts'
import { t } from '../words/words.ts'

interface CustomerDrawerProps {
  readonly customerId: string
  readonly live: LiveBatch
  readonly onClose: () => void
}

/** Drawer with everything that is known about a customer. It is reloaded when a live message concerns the customer. */
export function CustomerDrawer({ customerId, live, onClose }: CustomerDrawerProps) {
  const { data, error, refresh } = useResource(apiUrl('/customers/{id}', { path: { id: customerId } }))
  const [tab, setTab] = useState(customerTabs[0])
  const [revision, setRevision] = useState(0)
  const panel = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const dialog = panel.current!
    const before = document.activeElement
    dialog.showModal()
    return () => {
      dialog.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  const isAffected = [...live.scores, ...live.assessments, ...live.alerts].some((one) => one.customerId === customerId)
  useEffect(() => {
    if (!isAffected) return
    // The database is a moment behind the stream.
    const timer = setTimeout(() => {
      refresh()
      setRevision((number) => number + 1)
    }, 1_500)
    return () => clearTimeout(timer)
  }, [live, isAffected, refresh])

  return (
    <dialog
      ref={panel}
      class="drawer"
      aria-labelledby="customer-name"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === panel.current) onClose()
      }}
    >
      <div class="sheet">
        <header>
          <div>
            <h2 id="customer-name" tabIndex={-1} autofocus>
              {data?.name ?? customerId}
            </h2>
            <p class="sub">{data === undefined ? '' : factsOf(data).join(' · ')}</p>
          </div>
          {data?.source === 'simulator' && <SimulationBadge label={t('customers.simulated')} />}
          <button type="button" class="quiet close" aria-label={t('common.close')} onClick={onClose}>
            ✕
          </button>
        </header>
        {error !== undefined && <Failure>{error}</Failure>}
        {data !== undefined && (
          <>
            <Tabs tab={tab} onChange={setTab} />
            <div id="tab-panel" class="tab-panel" role="tabpanel" aria-labelledby={idOf(tab)} tabIndex={0}>
              <tab.View customer={data} revision={revision} />
            </div>
          </>
        )}
      </div>
    </dialog>
  )
}

interface TabsProps {
  readonly tab: CustomerTab
  readonly onChange: (tab: CustomerTab) => void
}

function Tabs({ tab, onChange }: TabsProps) {
  const list = useRef<HTMLDivElement>(null)

  function move(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = customerTabs.at((customerTabs.indexOf(tab) + step) % customerTabs.length)!
    onChange(next)
    list.current?.querySelector<HTMLElement>(`#${idOf(next)}`)?.focus()
  }

  return (
    <div ref={list} class="tabs" role="tablist" aria-label={t('customers.aboutThisCustomer')}>
      {customerTabs.map((one) => (
        <button
          key={t(one.title)}
          id={idOf(one)}
          type="button"
          role="tab"
          aria-selected={one === tab}
          aria-controls="tab-panel"
          tabIndex={one === tab ? 0 : -1}
          onClick={() => onChange(one)}
          onKeyDown={move}
        >
          {t(one.title)}
        </button>
      ))}
    </div>
  )
}

function idOf({ title }: CustomerTab): string {
  return `tab-${title.replaceAll('.', '-')}`
}

function factsOf({ customerId, segment, residence, birthYear, timeZone, attributes }: Customer): string[] {
  const born = birthYear === null ? null : t('customers.born', { year: String(birthYear) })
  return [customerId, segment, residence, born, attributes['occupation'] ?? null, timeZone].filter(
    (fact) => fact !== null,
  )
}
