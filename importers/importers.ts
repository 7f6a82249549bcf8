import { bankMarketing } from './bank-marketing.ts'
import { berka } from './berka.ts'
import { cdnow } from './cdnow.ts'
import { crmMaven } from './crm-maven.ts'
import type { Importer } from './importer.ts'
import { persuasion4good } from './persuasion4good.ts'
import { simCardStream } from './sim-card-stream.ts'
import { taiwanCredit } from './taiwan-credit.ts'

/** All importers. Adding one takes one file and one line here. */
export const importers: readonly Importer[] = [
  berka,
  simCardStream,
  cdnow,
  bankMarketing,
  taiwanCredit,
  persuasion4good,
  crmMaven,
]

export function importerNamed(name: string): Importer | undefined {
  return importers.find((importer) => importer.name === name)
}
