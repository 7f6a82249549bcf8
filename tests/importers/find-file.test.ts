import { findFile } from '../../importers/find-file.ts'
import { dataFolder } from './data-set.ts'

describe('findFile', () => {
  it('finds the one file that fits, and refuses to guess', async () => {
    const folder = dataFolder({ 'trans_1993.asc.gz': '', 'account.asc': '', 'account.csv': '' })
    expect(await findFile(folder, /^trans/)).toBe(`${folder}/trans_1993.asc.gz`)
    await expect(findFile(folder, /^loan/)).rejects.toThrow('has no file whose name fits /^loan/')
    await expect(findFile(folder, /^account/)).rejects.toThrow('account.asc, account.csv')
    await expect(findFile(`${folder}/absent`, /./)).rejects.toThrow('cannot be read')
  })
})
