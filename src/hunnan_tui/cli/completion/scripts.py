"""The scripts that teach shells to ask the program for completions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_BASH: Final = r"""# completion of hunnan-tui for bash: eval it, as old versions cannot source it from
# a pipe, or put it into
# ~/.local/share/bash-completion/completions/hunnan-tui
_hunnan_tui() {
    local line program="${COMP_WORDS[0]/#\~/$HOME}"
    type -P -- "$program" >/dev/null || program=hunnan-tui
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(command "$program" completion words bash "${COMP_LINE:0:COMP_POINT}" \
        "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -o nospace -F _hunnan_tui hunnan-tui
"""

_ZSH: Final = r"""#compdef hunnan-tui
# completion of hunnan-tui for zsh: source it, or put it as _hunnan-tui into a folder
# of $fpath
_hunnan_tui() {
    if [[ $PREFIX == \~* ]]; then
        _files
        return
    fi
    local line value help program="${words[1]/#\~/$HOME}"
    local -a fields whole whole_help part part_help
    whence -p -- "$program" >/dev/null || program=hunnan-tui
    while IFS= read -r line; do
        fields=("${(@ps:\t:)line}")
        value=$fields[1] help=$fields[1]
        [[ -n $fields[2] ]] && help="$fields[1]  -- $fields[2]"
        if [[ -n $fields[3] ]]; then
            part+=("$value") part_help+=("$help")
        else
            whole+=("$value") whole_help+=("$help")
        fi
    done < <(command "$program" completion words zsh "${(@Q)words[2,CURRENT-1]}" \
        "${(Q)PREFIX}" 2>/dev/null)
    (( $#whole )) && compadd -l -d whole_help -a -- whole
    (( $#part )) && compadd -l -S '' -d part_help -a -- part
    (( $#whole + $#part ))
}
if [[ $funcstack[1] == _hunnan_tui || $funcstack[1] == _hunnan-tui ]]; then
    _hunnan_tui "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
    compdef _hunnan_tui hunnan-tui
fi
"""

_FISH: Final = r"""# completion of hunnan-tui for fish: source it, or put it into
# ~/.config/fish/completions/hunnan-tui.fish
function __hunnan_tui_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    if string match -q -- '~*' "$current"
        __fish_complete_path "$current"
        return
    end
    set -l program (string replace -r '^~' "$HOME" -- $words[1])
    type -q -- $program; or set program hunnan-tui
    set -e words[1]
    command $program completion words fish $words "$current" 2>/dev/null
end
complete -c hunnan-tui -f -a '(__hunnan_tui_complete)'
"""

_POWERSHELL: Final = r"""# completion of hunnan-tui for PowerShell: add this line to $PROFILE
# hunnan-tui completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'hunnan-tui', 'hunnan-tui.exe' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @()
    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -lt $cursorPosition) {
            if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
                $words += $element.Value
            } else {
                $words += $element.Extent.Text
            }
        }
    }
    $words += ([string]$wordToComplete).Trim("'", '"')
    $bytes = [System.Text.Encoding]::UTF8.GetBytes($words -join "`n")
    $typed = [Convert]::ToBase64String($bytes)
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        & $commandAst.GetCommandName() completion words powershell $typed 2>$null | ForEach-Object {
            $fields = $_ -split "`t"
            [System.Management.Automation.CompletionResult]::new(
                $fields[0], $fields[1], 'ParameterValue', $fields[2])
        }
    } finally {
        [Console]::OutputEncoding = $encoding
    }
}
"""

SCRIPTS: Final[Mapping[str, str]] = {
    "bash": _BASH,
    "zsh": _ZSH,
    "fish": _FISH,
    "powershell": _POWERSHELL,
}
"""The script of each shell, by its name."""
