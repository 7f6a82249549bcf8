import type { PersonalData } from '../../api/ports.ts'
import type { Database } from '../../store/database.ts'
import { recordExport } from '../../store/operations/personal-data-acts.ts'
import { personDigest } from '../../streams/erasure/person-digest.ts'
import { erasePeople } from './erase-people.ts'
import { keptRecords } from './kept-records.ts'
import { personalDataLine, type PersonalRecord } from './personal-data.ts'

/** @param recordsOf all that is known of a person */
export function personalDataPort(
  database: Database,
  recordsOf: (id: string) => AsyncGenerator<PersonalRecord>,
): PersonalData {
  return {
    async *export(id, act) {
      await recordExport(database, personDigest(id), act)
      for await (const record of recordsOf(id)) yield personalDataLine(record)
    },
    async erase(id, request) {
      const { digests, refusedUntil, rows } = await erasePeople(database, { ids: [id], ...request })
      return { digest: digests[0]!, refusedUntil, rows: { ...rows }, remainsIn: keptRecords() }
    },
  }
}
