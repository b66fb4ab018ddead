# Inside the lab's kernel: the program that plays the cases and checks.
. "$1/stage.sh"
# Where packets come from and go to is not to wait for the gateways.
nice -n -20 stdbuf -oL "$BIN/kernel-lab" || { for node in PR NR; do echo "lab: ferryd of $node"; tail -n 25 /run/$node/ferryd.log; done; }
strike
