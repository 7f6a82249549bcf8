import { campaigns } from './calls/campaigns/campaigns.tsx'
import { desks } from './calls/desks/desks.tsx'
import { liveCalls } from './calls/live/live-calls.tsx'
import { scripts } from './calls/scripts/scripts.tsx'
import { customersPage } from './customers/customers-page.tsx'
import { loansPage } from './loans/loans-page.tsx'
import { streamPage } from './operations/stream/stream-page.tsx'
import { modelsPage } from './models/models-page.tsx'
import { settingsPage } from './operations/settings/settings-page.tsx'
import { overview } from './overview.tsx'
import type { Page } from './page.ts'
import { cases } from './visits/cases/cases.tsx'
import { today } from './visits/today/today.tsx'

/** Every page, in the order of the navigation; the first is the start page. */
export const pages: readonly [Page, ...Page[]] = [
  overview,
  today,
  customersPage,
  cases,
  loansPage,
  campaigns,
  liveCalls,
  desks,
  scripts,
  modelsPage,
  streamPage,
  settingsPage,
]
