import { berka } from './berka.ts'
import type { Importer } from './importer.ts'
import { simCardStream } from './sim-card-stream.ts'

/** Every data set that can be imported; a new one is one file and one line here. */
export const importers: readonly Importer[] = [berka, simCardStream]

export function importerNamed(name: string): Importer | undefined {
  return importers.find((importer) => importer.name === name)
}
