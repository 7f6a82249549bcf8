import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Matches commands; blocks without a language may be drawings. */
const COMMAND = /^(?:[A-Z_]+=\S+ )*(?:npm|node|curl) /
const SHELLS = new Set(['sh', 'bash', 'shell', 'console'])

const root = join(import.meta.dirname, '../..')

/** A command that a document tells people to type. */
export interface DocumentedCommand {
  /** Path of the document, relative to the project. */
  readonly document: string
  /** The command in one line, without a trailing comment. */
  readonly text: string
}

/** Returns every command in shell blocks, and every `npm run …` and `curl …` in the running text, of all documents. */
export function documentedCommands(): DocumentedCommand[] {
  const folders = ['.', 'docs', 'docs/decisions', 'docs/first-hour', 'bench']
  const documents = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
      .map((name) => join(folder, name)),
  )
  const all = documents.flatMap((document) => {
    const text = readFileSync(join(root, document), 'utf8')
    return commandsIn(text).map((command) => ({ document, text: command }))
  })
  // A command in two documents counts once.
  return [...new Map(all.map((command) => [command.text, command])).values()]
}

export function commandsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```(\w*)\n([^]*?)^```$/gm)]
  const outside = markdown.replaceAll(/^```[^]*?^```$/gm, '')
  const inline = [...outside.matchAll(/`((?:npm (?:run|start|test)|curl) [^`\n]+)`/g)].map(([, command]) => command!)
  const inBlocks = blocks.flatMap(([, language, block]) =>
    language === ''
      ? commandsOfBlock(block!).filter((command) => COMMAND.test(command))
      : SHELLS.has(language!)
        ? commandsOfBlock(block!)
        : [],
  )
  return [...inBlocks, ...inline.map((command) => command.trim())]
}

/** Returns the lines of a block, without comments; a line that ends with a backslash or within quotes is continued. */
function commandsOfBlock(block: string): string[] {
  const commands: string[] = []
  let command = ''
  let quote = ''
  for (const line of block.split('\n')) {
    let end = line.length
    for (let index = 0; index < line.length; index++) {
      const character = line[index]!
      if (quote !== '') quote = character === quote ? '' : quote
      else if (character === '"' || character === "'") quote = character
      else if (character === '#' && (index === 0 || line[index - 1] === ' ')) {
        end = index
        break
      }
    }
    command += line.slice(0, end)
    if (quote !== '') command += '\n'
    else if (command.endsWith('\\')) command = command.slice(0, -1)
    else {
      if (command.trim() !== '') commands.push(command.replaceAll(/\s+/g, ' ').trim())
      command = ''
    }
  }
  return commands
}
