import { customerMerges, movedRecords } from '../schemas/platform/customer-merges.ts'
import { erasures } from '../schemas/platform/erasures.ts'
import { topicTailRoutes } from '../api/operations/topic-tail.ts'
import { deadLettersRoute } from '../api/operations/dead-letters.ts'
import { processorsRoute } from '../api/operations/processors.ts'
import { redriveRoute } from '../api/operations/redrive.ts'
import { gapsRoute } from '../api/operations/gaps.ts'
import { clock } from '../schemas/platform/clock.ts'
import { deadLetters, gaps, journal, misplacedRecords } from '../schemas/platform/platform.ts'
import { deadLettersWriter } from '../store/operations/dead-letters.ts'
import { gapsWriter } from '../store/operations/gaps.ts'
import { platformPersons } from '../store/operations/persons.ts'
import type { Subject } from './subject.ts'

/** The engine's own records. */
export const platform: Subject = {
  name: 'platform',
  topics: [clock, deadLetters, gaps, journal, misplacedRecords, erasures, customerMerges, movedRecords],
  writers: [deadLettersWriter, gapsWriter],
  personTables: platformPersons,
  routes: [processorsRoute, deadLettersRoute, redriveRoute, gapsRoute, topicTailRoutes],
}
