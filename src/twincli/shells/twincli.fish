# Completion of twincli for fish. The answers come from the program: "words" and a line for each, the word and what it
# means with a tab between, or "files".
function __twincli_complete
    set -l before (commandline -opc)
    set -l token (commandline -ct)
    set -l program twincli
    string match -q '*/*' -- $before[1]; and set program (string replace -r '^~/' "$HOME/" -- $before[1])
    set -l replies (_TWINCLI_COMPLETE=fish $program $before "$token" 2>/dev/null)
    if test "$replies[1]" = files
        set -l option (string match -r -- '^--[^=]*=' "$token"; or echo)
        printf '%s\n' $option(__fish_complete_path (string replace -- "$option" '' "$token"))
    else
        printf '%s\n' $replies[2..]
    end
end
complete -c twincli -f -a '(__twincli_complete)'
