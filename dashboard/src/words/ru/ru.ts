import { actions } from './actions.ts'
import { calls } from './calls.ts'
import { campaigns } from './campaigns.ts'
import { cases } from './cases.ts'
import { common } from './common.ts'
import { customers } from './customers.ts'
import { desks } from './desks.ts'
import { features } from './features.ts'
import { format } from './format.ts'
import { liveCalls } from './live-calls.ts'
import { loans } from './loans.ts'
import { models } from './models.ts'
import { names } from './names.ts'
import { operations } from './operations.ts'
import { page } from './page.ts'
import { reasons } from './reasons.ts'
import { recommendations } from './recommendations.ts'
import { scripts } from './scripts.ts'
import { settingKinds } from './setting-kinds.ts'
import { settings } from './settings.ts'
import { stream } from './stream.ts'
import { today } from './today.ts'
import { visits } from './visits.ts'
import type { Texts } from '../en/en.ts'

export const ru: Texts = {
  actions,
  calls,
  campaigns,
  cases,
  common,
  customers,
  desks,
  features,
  format,
  liveCalls,
  loans,
  models,
  names,
  operations,
  page,
  reasons,
  recommendations,
  scripts,
  settingKinds,
  settings,
  stream,
  today,
  visits,
}
