#!/usr/bin/env bash
# UNTESTED: written on Linux, never run on a Mac.
# Signs dist/bundle/her2board.app, has it notarised and packs it into a disk image: make_dmg.sh VERSION
# IDENTITY names a "Developer ID Application" certificate in the keychain, PROFILE the credentials that
# `xcrun notarytool store-credentials` saved. Without IDENTITY nothing is signed, and macOS warns whoever opens it.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1
app=dist/bundle/her2board.app
image=dist/her2board-$version-macos-$(uname -m).dmg
entitlements=packaging/macos/entitlements.plist

if [ -n "${IDENTITY:-}" ]; then
    # From the inside outwards: a signature covers what it contains.
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
        xargs -0 codesign --force --options runtime --timestamp --sign "$IDENTITY"
    for program in her2board-cli her2board; do
        codesign --force --options runtime --timestamp --entitlements $entitlements --sign "$IDENTITY" \
            "$app/Contents/MacOS/$program"
    done
    codesign --force --options runtime --timestamp --entitlements $entitlements --sign "$IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
fi

staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
cp -R "$app" "$staged/"
ln -s /Applications "$staged/Applications"
rm -f "$image"
hdiutil create -volname "her2board $version" -srcfolder "$staged" -format ULFO "$image"

if [ -n "${IDENTITY:-}" ]; then
    codesign --timestamp --sign "$IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain-profile "${PROFILE:?}" --wait
    xcrun stapler staple "$image"
fi
"$app/Contents/MacOS/her2board-cli" --self-check
echo "$image"
