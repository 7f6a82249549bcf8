import { codecOf } from '../../../../../schemas/avro/codec.ts'
import { deadLetters, type DeadLetter } from '../../../../../schemas/platform/platform.ts'
import { releasedRegistry } from '../../../../../schemas/release/registry.ts'
import { reportOnly, visits } from '../../../../../schemas/visits/visits.ts'
import type { Database } from '../../../../../store/database.ts'
import { NOW } from '../../../../api/stored-world.ts'
import { put } from '../../../../store/store-under-test.ts'

/** A dead letter whose record is a visit of the customer c-1. */
export function letterOfVisit(offset: number, changes: Partial<DeadLetter> = {}): DeadLetter {
  const visit = {
    ...{ id: `v${offset}`, occurredAt: NOW, source: 'crm', visitId: `v${offset}`, revision: 0, withdrawn: false },
    ...{ opportunityId: 'o-1', customerId: 'c-1', salespersonId: 's-1', text: 'Asked for the rate', ...reportOnly },
  }
  return {
    ...{ id: `letter-visit-${offset}`, occurredAt: NOW - offset, source: 'test', processor: 'conversion' },
    ...{ topic: 'test.visits', partition: 3, offset, code: 'INVALID', message: 'The visit ends before it begins.' },
    ...{ key: Buffer.from('c-1'), value: codecOf(visits, releasedRegistry).encode(visit) },
    ...changes,
  }
}

export async function storeLetters(database: Database): Promise<void> {
  await put(database, deadLetters, [letterOfVisit(1), letterOfVisit(2)])
}
