# fig05-parity-Si-CP2K-PBE: run `gnuplot fig05-parity-Si-CP2K-PBE.gp` in this folder to draw it again.
set encoding utf8
set border linewidth 0.8 linecolor rgb '#333333'
set tics scale 0.7,0.35 textcolor rgb '#1a1a1a'
set key off
set grid xtics ytics linetype 1 linewidth 0.4 linecolor rgb '#e6e6e6'
set errorbars 0.6
set pointintervalbox 0.001
set style fill solid 0.18 noborder
set palette defined (0 '#9ecae1', 0.35 '#4f9bcb', 0.7 '#0b5394', 1 '#08213f')
unset colorbox
do for [kind in 'svg png'] {
if (kind eq 'svg') {
  set terminal svg size 900,600 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 2250,1500 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'fig05-parity-Si-CP2K-PBE.'.kind
set multiplot
unset label
unset arrow
unset object
set lmargin at screen 0.072711
set rmargin at screen 0.313333
set bmargin at screen 0.6024
set tmargin at screen 0.963333
unset logscale x
set xrange [-0.1176999999999947:0.08370000000000288]
set xtics ('−0.10' -0.1, '−0.05' -0.05, '0' 0.0, '0.05' 0.05, '' -0.07500000000000001 1, '' -0.025 1, '' 0.025 1, '' 0.07500000000000001 1)
unset logscale y
set yrange [-0.1176999999999947:0.08370000000000288]
set ytics ('−0.10' -0.1, '−0.05' -0.05, '0' 0.0, '0.05' 0.05, '' -0.07500000000000001 1, '' -0.025 1, '' 0.025 1, '' 0.07500000000000001 1)
set xlabel 'DFT energy + 234.25 (eV/atom)' offset 0,0.2
set label 'DP energy + 234.25 (eV/atom)' at screen 0.014667,0.782867 center rotate by 90
set xtics mirror
set label '{/:Bold (a)}' at screen 0.072711,0.963333 right offset -1.2,0.9
set label 'energy' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 1.07 meV/atom' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Si-CP2K-PBE.dat' index 0 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Si-CP2K-PBE.dat' index 1 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.406044
set rmargin at screen 0.646667
set bmargin at screen 0.6024
set tmargin at screen 0.963333
unset logscale x
set xrange [-2.638:2.238]
set xtics ('−2' -2.0, '−1' -1.0, '0' 0.0, '1' 1.0, '2' 2.0, '' -2.5 1, '' -1.5 1, '' -0.5 1, '' 0.5 1, '' 1.5 1)
unset logscale y
set yrange [-2.638:2.238]
set ytics ('−2' -2.0, '−1' -1.0, '0' 0.0, '1' 1.0, '2' 2.0, '' -2.5 1, '' -1.5 1, '' -0.5 1, '' 0.5 1, '' 1.5 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.367467,0.782867 center rotate by 90
set xtics mirror
set label '{/:Bold (b)}' at screen 0.406044,0.963333 right offset -1.2,0.9
set label 'forces on Li' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 14.7 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Si-CP2K-PBE.dat' index 2 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Si-CP2K-PBE.dat' index 3 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.739378
set rmargin at screen 0.98
set bmargin at screen 0.6024
set tmargin at screen 0.963333
unset logscale x
set xrange [-5.073:4.5729999999999995]
set xtics ('−4' -4.0, '−2' -2.0, '0' 0.0, '2' 2.0, '4' 4.0, '' -5.0 1, '' -3.0 1, '' -1.0 1, '' 1.0 1, '' 3.0 1)
unset logscale y
set yrange [-5.073:4.5729999999999995]
set ytics ('−4' -4.0, '−2' -2.0, '0' 0.0, '2' 2.0, '4' 4.0, '' -5.0 1, '' -3.0 1, '' -1.0 1, '' 1.0 1, '' 3.0 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.7008,0.782867 center rotate by 90
set xtics mirror
set label '{/:Bold (c)}' at screen 0.739378,0.963333 right offset -1.2,0.9
set label 'forces on Si' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 34.7 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Si-CP2K-PBE.dat' index 4 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Si-CP2K-PBE.dat' index 5 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.072711
set rmargin at screen 0.313333
set bmargin at screen 0.1024
set tmargin at screen 0.463333
unset logscale x
set xrange [-6.346000000000001:12.946]
set xtics ('−5' -5.0, '0' 0.0, '5' 5.0, '10' 10.0, '' -2.5 1, '' 2.5 1, '' 7.5 1, '' 12.5 1)
unset logscale y
set yrange [-6.346000000000001:12.946]
set ytics ('−5' -5.0, '0' 0.0, '5' 5.0, '10' 10.0, '' -2.5 1, '' 2.5 1, '' 7.5 1, '' 12.5 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.034133,0.282867 center rotate by 90
set xtics mirror
set label '{/:Bold (d)}' at screen 0.072711,0.463333 right offset -1.2,0.9
set label 'forces on P' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 29.3 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Si-CP2K-PBE.dat' index 6 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Si-CP2K-PBE.dat' index 7 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.406044
set rmargin at screen 0.646667
set bmargin at screen 0.1024
set tmargin at screen 0.463333
unset logscale x
set xrange [-11.195:6.295000000000001]
set xtics ('−10' -10.0, '−5' -5.0, '0' 0.0, '5' 5.0, '' -7.5 1, '' -2.5 1, '' 2.5 1)
unset logscale y
set yrange [-11.195:6.295000000000001]
set ytics ('−10' -10.0, '−5' -5.0, '0' 0.0, '5' 5.0, '' -7.5 1, '' -2.5 1, '' 2.5 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.359733,0.282867 center rotate by 90
set xtics mirror
set label '{/:Bold (e)}' at screen 0.406044,0.463333 right offset -1.2,0.9
set label 'forces on S' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 22.4 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Si-CP2K-PBE.dat' index 8 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Si-CP2K-PBE.dat' index 9 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.739378
set rmargin at screen 0.98
set bmargin at screen 0.1024
set tmargin at screen 0.463333
unset logscale x
set xrange [-0.5372:0.7772]
set xtics ('−0.4' -0.4, '−0.2' -0.2, '0' 0.0, '0.2' 0.2, '0.4' 0.4, '0.6' 0.6000000000000001, '' -0.5 1, '' -0.30000000000000004 1, '' -0.1 1, '' 0.1 1, '' 0.30000000000000004 1, '' 0.5 1, '' 0.7000000000000001 1)
unset logscale y
set yrange [-0.5372:0.7772]
set ytics ('−0.4' -0.4, '−0.2' -0.2, '0' 0.0, '0.2' 0.2, '0.4' 0.4, '0.6' 0.6000000000000001, '' -0.5 1, '' -0.30000000000000004 1, '' -0.1 1, '' 0.1 1, '' 0.30000000000000004 1, '' 0.5 1, '' 0.7000000000000001 1)
set xlabel 'DFT virial (eV/atom)' offset 0,0.2
set label 'DP virial (eV/atom)' at screen 0.689067,0.282867 center rotate by 90
set xtics mirror
set label '{/:Bold (f)}' at screen 0.739378,0.463333 right offset -1.2,0.9
set label 'virial' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 6.75 meV/atom' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Si-CP2K-PBE.dat' index 10 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Si-CP2K-PBE.dat' index 11 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset multiplot
unset output
}
