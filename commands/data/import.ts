import { importerNamed, importers } from '../../importers/importers.ts'
import { writeEvents } from '../../importers/json-lines.ts'
import type { DefineCommand } from '../define-command.ts'
import { defineImportTable } from './import-table.ts'

export const defineImport: DefineCommand = (command, context) => {
  const list = importers.map(({ name, description }) => `  ${name.padEnd(18)}${description}`).join('\n')
  command
    .argument('<data-set>', 'one of those below')
    .argument('<folder>', 'folder with its files')
    .option('--out <file>', 'event file to write (required); gzipped if the name ends in .gz')
    .addHelpText('after', `\nData sets:\n${list}`)
    .action(async (name: string, folder: string, { out }: { out?: string }) => {
      // Not a required option of commander, which would require it of `import table` too.
      if (out === undefined) throw new Error('Name the event file to write with --out.')
      const { print, log } = context()
      const importer = importerNamed(name)
      if (importer === undefined)
        throw new Error(`There is no importer ${name}. Available: ${importers.map((one) => one.name).join(', ')}.`)
      log('info', `${importer.description} Licence: ${importer.licence}.`)
      const startedAt = performance.now()
      const count = await writeEvents(out, importer.read(folder))
      log('info', `${count} events in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
      print(JSON.stringify({ events: count, file: out }))
    })
  defineImportTable(command.command('table'), context)
}
