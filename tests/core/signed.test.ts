import { describe, expect, test } from 'vitest'
import { unsigned, withFormerSignatures, withoutSignatures } from '../../src/core/signed.ts'

const P = 'https://store.example/a/1.jpg'

describe('a signature in an address is', () => {
  test.each([
    ['Amazon’s', `${P}?X-Amz-Algorithm=A&X-Amz-Date=1&X-Amz-Expires=2&X-Amz-Signature=3`, P],
    ['Amazon’s of old', `${P}?AWSAccessKeyId=A&Expires=1&Signature=b%3D`, P],
    ['Google’s', `${P}?GoogleAccessId=A&Expires=1&Signature=b`, P],
    ['Google’s of today', `${P}?X-Goog-Credential=A&X-Goog-Signature=b`, P],
    ['CloudFront’s', `${P}?Policy=A&Signature=b&Key-Pair-Id=c`, P],
    ['Azure’s', `${P}?sv=2020&st=1&se=2&sr=b&sp=r&sig=3`, P],
    ['Alibaba’s', `${P}?OSSAccessKeyId=A&Expires=1&Signature=b&x-oss-process=resize`, `${P}?x-oss-process=resize`],
    ['Tencent’s', `${P}?q-sign-algorithm=sha1&q-ak=A&q-sign-time=1&q-key-time=1&q-header-list=&q-signature=b`, P],
    ['Facebook’s', `${P}?_nc_cat=1&oh=2&oe=3`, P],
    ['a token', `${P}?token=1&expires=2`, P],
    ['a token beside what counts', 'https://a.example/get?id=5&token=1', 'https://a.example/get?id=5'],
    ['before a fragment', `${P}?sig=1#x`, `${P}#x`],
  ])('%s', (_, url, without) => {
    expect(unsigned(url)).toBe(without)
  })

  test.each([
    ['a script’s picture', 'https://a.example/photo.php?id=5'],
    ['a picture that a token names', 'https://a.example/photo.php?token=5'],
    ['a version', `${P}?VersionId=q`],
    ['a size', `${P}?w=800&h=600&t=3`],
    ['a time alone', `${P}?timestamp=15`],
    ['no query', P],
  ])('not %s', (_, url) => {
    expect(unsigned(url)).toBe(url)
  })
})

describe('a body signed anew', () => {
  const markdown = (signature: string, id: string) =>
    `![图](${P}?X-Amz-Signature=${signature})\n\n图\n\n![](https://a.example/photo?id=${id}&sig=${signature})`
  const html = (signature: string) => `<img src="${P}?X-Amz-Date=1&amp;X-Amz-Signature=${signature}">`

  test.each([
    ['is the former one', markdown('b', '5'), markdown('a', '5'), markdown('a', '5')],
    ['in HTML too', html('b'), html('a'), html('a')],
    [
      'unless another picture stands there',
      markdown('b', '6'),
      markdown('a', '5'),
      `${markdown('a', '6').split('![](')[0]}![](https://a.example/photo?id=6&sig=b)`,
    ],
    ['unless there was none', markdown('b', '5'), '文', markdown('b', '5')],
  ])('%s', (_, body, former, expected) => {
    expect(withFormerSignatures(body, former)).toBe(expected)
  })

  test('says the same as the former one', () => {
    expect(withoutSignatures(markdown('b', '5'))).toBe(withoutSignatures(markdown('a', '5')))
    expect(withoutSignatures(markdown('b', '6'))).not.toBe(withoutSignatures(markdown('a', '5')))
    expect(withoutSignatures('为什么?http://a.example/?x=1')).toBe('为什么?http://a.example/?x=1')
  })
})
