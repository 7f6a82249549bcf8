import { makeKey } from '../../../../../api/access/make-key.ts'
import { thresholdSetting } from '../../../../../processors/loans/threshold-setting.ts'
import { setSetting } from '../../../../../store/versioned-settings.ts'
import type { ApiUnderTest } from '../../../../api/api-under-test.ts'

/** Stores two versions of a threshold, and a key. */
export async function storeSettings({ database }: Pick<ApiUnderTest, 'database'>): Promise<void> {
  const edit = { key: 'loan-demand', changedBy: 'li' }
  await setSetting(database, thresholdSetting, {
    ...edit,
    value: { value: 0.7 },
    reason: 'Fewer calls',
    expectedVersion: 0,
  })
  await setSetting(database, thresholdSetting, {
    ...edit,
    value: { value: 0.65 },
    reason: 'Too few',
    expectedVersion: 1,
  })
  await makeKey(database, {
    name: 'crm',
    roles: ['machine'],
    salespersonId: null,
    teamId: null,
    days: 30,
    createdBy: 'Ada',
  })
}
