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

const SURE = [
  ...[
    'x-amz-date',
    'x-goog-date',
    'x-cos-token',
    'x-oss-expires',
    'q-sign-algorithm',
    'q-ak',
    'q-sign-time',
    'q-key-time',
  ],
  ...[
    'q-header-list',
    'q-url-param-list',
    'q-signature',
    'AWSAccessKeyId',
    'OSSAccessKeyId',
    'GoogleAccessId',
    'Key-Pair-Id',
  ],
  ...['Signature', 'Expires', 'security-token', 'auth_key', 'hdnts', 'hdnea', 'hdntl', '__token__', '__gda__'],
]
const PERHAPS = [
  ...['token', 'accesstoken', 'access_token', 'sig', 'sign', 'exp', 'expire', 'expiry', 'expiration', 'expires_in'],
  ...['expires_at', 'expiresat', 'auth', 'hmac', 'policy', 'nonce'],
]
const BESIDE = [
  ...['se', 'sp', 'sr', 'st', 'sv', 'spr', 'sip', 'skoid', 'e', 't', 'ts', 'time', 'timestamp', 'oe', '_nc_cat', 'oh'],
]

test.each(SURE)('%s signs whatever the path is', (name) => {
  expect(unsigned(`https://a.example/get?${name}=1`)).toBe('https://a.example/get')
  expect(unsigned(`https://a.example/get?x${name}=1&${name}x=1`)).not.toBe('https://a.example/get')
})

test.each(PERHAPS)('%s signs a file, and may name what has none', (name) => {
  expect(unsigned(`${P}?${name}=1`)).toBe(P)
  expect(unsigned(`${P}?x${name}=1`)).toBe(`${P}?x${name}=1`)
  for (const path of [
    'get',
    'get.php',
    'get.php7',
    'get.ASP',
    'get.aspx',
    'get.ashx',
    'get.jsp',
    'get.cgi',
    'get.do',
  ]) {
    expect(unsigned(`https://a.example/${path}?${name}=1`)).toBe(`https://a.example/${path}?${name}=1`)
  }
})

test.each(BESIDE)('%s signs beside a signature', (name) => {
  if (name !== 'oh') expect(unsigned(`${P}?${name}=1`)).toBe(`${P}?${name}=1`)
  for (const signature of ['sig', 'sign', 'signature', 'token', 'oh', 'hmac', 'auth']) {
    expect(unsigned(`${P}?${name}=1&${signature}=2&x=3`)).toBe(`${P}?x=3`)
  }
  expect(unsigned(`${P}?x${name}=1&sig=2`)).toBe(`${P}?x${name}=1`)
})
