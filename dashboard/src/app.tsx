import { useCallback, useState } from 'preact/hooks'
import { address } from './api.ts'
import { CustomerDrawer } from './customers/customer-drawer.tsx'
import { Flags } from './visits/flags.tsx'
import { Health } from './operations/health.tsx'
import { useLive, type LiveBatch } from './live.ts'
import { Models } from './models/models.tsx'
import { Priorities } from './visits/priorities.tsx'
import { closeCustomer, useCustomerRoute } from './route.ts'
import { ScoreTicker } from './customers/score-ticker.tsx'
import { SimulationContext } from './simulation.tsx'
import { TopBar } from './top-bar.tsx'
import { useResource } from './use-resource.ts'

const STATUS_EVERY_MS = 2_000

const nothing: LiveBatch = { scores: [], priorities: [], assessments: [], alerts: [] }

export function App() {
  const [batch, setBatch] = useState(nothing)
  const connection = useLive(setBatch)
  const { data: status, error } = useResource(address('/status'), STATUS_EVERY_MS)
  const customerId = useCustomerRoute()
  const close = useCallback(closeCustomer, [])

  return (
    <SimulationContext.Provider value={status?.simulation ?? null}>
      <a class="skip" href="#priorities">
        Skip to the priorities
      </a>
      <div class="shell">
        <TopBar connection={connection} />
        <Health status={status} error={error} />
        <main class="columns">
          <Priorities live={batch.priorities} />
          <ScoreTicker live={batch.scores} tasks={status?.tasks ?? []} />
          <Flags assessments={batch.assessments} alerts={batch.alerts} />
        </main>
        <Models tasks={status?.tasks ?? []} />
        <footer class="foot">
          <a href="/docs">API</a> · <a href="/metrics">Metrics</a> · <a href="/dead-letters">Dead letters</a>
        </footer>
      </div>
      {customerId !== undefined && (
        <CustomerDrawer key={customerId} customerId={customerId} live={batch} onClose={close} />
      )}
    </SimulationContext.Provider>
  )
}
